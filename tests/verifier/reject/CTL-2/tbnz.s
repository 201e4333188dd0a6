// reject: CTL-2 @ 0x0
// why: no label says what holds at f
	tbnz	x0, #33, f
	nop
f:
	nop
