// reject: FRM-4 @ 0x8
// why: a number into the link
	str	x19, [x13], #8
	mov	x19, x0
	ldr	x30, [x13, #-8]!
