// reject: FRM-4 @ 0x4
// why: x20 is on top
	stp	x19, x20, [x13], #16
	ldr	x19, [x13, #-8]!
