// accept
// why: code behind the trap word without a label
	ldur	xzr, [x15, #-8]
	mov	x0, #1
	add	x1, x15, w0, uxtw
	ldr	x0, [x1]
	ret
