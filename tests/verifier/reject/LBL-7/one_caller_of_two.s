// reject: LBL-7 @ 0xc
// why: one of two calls has no guard
// label: f x0:0
	str	x30, [x13], #8
	add	x0, x15, w0, uxtw
	bl	f
	bl	f
	ldr	x30, [x13, #-8]!
	ret
f:
	ldr	x1, [x0]
	ret
