// accept
// why: a fact of x1 stays when w1 is read
// label: f x1:0
	add	x1, x15, w0, uxtw
	mov	w2, w1
	add	w3, w1, #8
f:
	ldr	x0, [x1]
	ret
