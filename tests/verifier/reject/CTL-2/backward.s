// reject: CTL-2 @ 0x8
// why: the only labels are before and behind
// label: a
// label: c
a:
	nop
	nop
	b	a+4
c:
	nop
