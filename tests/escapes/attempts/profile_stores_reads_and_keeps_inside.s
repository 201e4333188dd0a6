// accept
// why: harmless to write: what was read anywhere is a number, and the guard behind it makes a window address of it
// profile: stores
// entry: f
f:	bti	c
	ldr	x1, [x0]
	ldp	x2, x3, [x1, #16]
	add	x3, x15, w3, uxtw
	stp	x1, x2, [x3]
	ret
