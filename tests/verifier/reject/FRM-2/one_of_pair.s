// reject: FRM-2 @ 0x8
// why: one of the pair was popped
	stp	x19, x20, [x13], #16
	ldr	x20, [x13, #-8]!
	mov	x20, x0
