// accept
// why: a claim about a register of the caller
// label: f x19:0
f:
	ldr	x0, [x19]
	ret
	str	x30, [x13], #8
	str	x19, [x13], #8
	add	x19, x15, w0, uxtw
	bl	f
	ldr	x19, [x13, #-8]!
	ldr	x30, [x13, #-8]!
	ret
