// reject: CTL-2 @ 0x4
// why: a call needs a label too
	str	x30, [x13], #8
	bl	f
f:
	nop
