// accept
// why: the callee uses x19 for a wild number and gives it back; the caller's fact is true
// entry: f
// label: g
f:
	bti	c
	stp	x19, x30, [x13], #16
	add	x19, x15, w0, uxtw
	bl	g
	ldr	x0, [x19]
	ldp	x19, x30, [x13, #-16]!
	ret
g:
	str	x19, [x13], #8
	mov	x19, #-1
	ldr	x19, [x13, #-8]!
	ret
