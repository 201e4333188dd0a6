// reject: FRM-2 @ 0x1c
// why: the caller's fact about x19 outlives the call only because no callee gets away with this
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
	mov	x19, #-1
	ret
