// reject: FRM-6 @ 0x4
// why: x29 is pushed, x30 is not
// label: f
	str	x29, [x13], #8
	bl	f
	ldr	x29, [x13, #-8]!
	ret
f:
	ret
