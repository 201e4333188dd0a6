// reject: FRM-4 @ 0x4
// why: behind ret nothing is pushed
	ret
	ldr	x19, [x13, #-8]!
