// accept
// why: facts of copies and sums
	add	x1, x15, w0, uxtw
	mov	x2, x1
	sub	x2, x2, #16
	ldr	x0, [x2, #16]
	add	x3, x2, #0
	ldr	x0, [x3]
	mov	x4, x15
	ldr	x0, [x4]
	mov	x5, x14
	ldr	x0, [x5]
	ret
