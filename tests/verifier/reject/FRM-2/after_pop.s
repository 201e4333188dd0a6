// reject: FRM-2 @ 0x8
// why: popped, so it is the caller's again
	str	x19, [x13], #8
	ldr	x19, [x13, #-8]!
	mov	x19, x0
