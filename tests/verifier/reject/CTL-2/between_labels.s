// reject: CTL-2 @ 0x0
// why: labels stand before and behind the word, not at it
// label: a
// label: c
	b	f
a:
	nop
f:
	nop
c:
	nop
