// accept
// why: words behind ret that nothing reaches
// entry: f
	ret
	nop
	mov	x0, #1
	nop
f:
	bti	c
	ret
