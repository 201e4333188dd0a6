// reject: CTL-2 @ 0x0
// why: no label says what holds at f
	cbz	x0, f
	nop
f:
	nop
