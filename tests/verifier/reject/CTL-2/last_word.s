// reject: CTL-2 @ 0x0
// why: the last word has no label
// label: a
	b	f
a:
	nop
f:
	nop
