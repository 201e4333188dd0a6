// accept
// why: x29 keeps the bound of x14 over the call, and gives it back
// entry: f
// label: g
f:
	bti	c
	stp	x29, x30, [x13], #16
	mov	x29, x14
	str	x0, [x14, #-64]!
	bl	g
	mov	x14, x29
	ldp	x29, x30, [x13, #-16]!
	ret
g:
	bti	c
	ret
