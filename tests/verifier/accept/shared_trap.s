// accept
// why: one trap word for functions with different lists
// entry: f
// entry: g
// label: t [x19]
f:
	bti	c
	cbz	x0, t
	stp	x29, x30, [x13], #16
	cbz	x1, t
	str	x19, [x13], #8
	b	t
t:
	ldur	xzr, [x15, #-8]
g:
	bti	c
	ret
