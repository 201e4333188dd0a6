// accept
// why: free loads may have any index
// profile: stores
// entry: f
f:	bti	c
	ldr	x0, [x1, x2]
	ldr	w0, [x1, x2, lsl #2]
	ldrsb	x0, [x1, x2]
	ret
