// accept
// why: a function that is only called directly may claim facts
// label: f x0:0
// label: e
	str	x30, [x13], #8
	add	x0, x15, w0, uxtw
	bl	f
	add	x0, x15, w1, uxtw
	bl	f
	ldr	x30, [x13, #-8]!
	b	e
f:
	ldr	x1, [x0]
	ret
e:
	ret
