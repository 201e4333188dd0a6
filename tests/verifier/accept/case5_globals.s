// accept
// why: globals cost no guard
	add	x1, x15, #0x12, lsl #12
	ldr	x0, [x1, #8]
	ldr	x0, [x15, #64]
	add	x2, x15, #0xfff, lsl #12
	str	x0, [x2, #32760]
	ret
