// reject: FRM-2 @ 0x4
// why: x20 is pushed, x19 is written
	str	x20, [x13], #8
	mov	x19, x0
