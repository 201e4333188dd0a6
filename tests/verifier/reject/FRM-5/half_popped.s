// reject: FRM-5 @ 0x8
// why: one of two is popped
	stp	x29, x30, [x13], #16
	ldr	x30, [x13, #-8]!
	ret
