// reject: LBL-7 @ 0xc
// why: behind a call nothing is known of x0
// label: f x0:0 [x30]
// label: g
	str	x30, [x13], #8
	add	x0, x15, w0, uxtw
	bl	g
f:
	ldr	x1, [x0]
	ldr	x30, [x13, #-8]!
	ret
g:
	ret
