// accept
// why: pushes, a frame on the data stack, a call
// entry: f
// label: g
f:
	bti	c
	stp	x29, x30, [x13], #16
	stp	x19, x20, [x13], #16
	sub	x14, x14, #32
	str	x0, [x14, #8]
	bl	g
	ldr	x0, [x14, #8]
	add	x14, x14, #32
	ldp	x19, x20, [x13, #-16]!
	ldp	x29, x30, [x13, #-16]!
	ret
g:
	ret
