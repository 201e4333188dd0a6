// accept
// why: the trap word as an access: facts go on
	add	x1, x15, w0, uxtw
	ldur	xzr, [x15, #-8]
	ldr	x0, [x1]
	ret
