// reject: CTL-2 @ 0x0
// why: no label says what holds at f
	cbnz	w0, f
	nop
f:
	nop
