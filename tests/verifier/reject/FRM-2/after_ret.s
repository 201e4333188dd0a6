// reject: FRM-2 @ 0x4
// why: behind ret nothing is pushed
	ret
	mov	x19, x0
