// accept
// why: harmless: the first of the bytes lie below 0, at the end of the address space, and fault
// profile: low
// entry: f
f:	bti	c
	mov	w1, wzr
	ldur	x0, [x1, #-4]
	ldp	x0, x2, [x15, #-8]
	ret
