// reject: CTL-2 @ 0x0
// why: no label says what holds at f
	tbz	x0, #3, f
	nop
f:
	nop
