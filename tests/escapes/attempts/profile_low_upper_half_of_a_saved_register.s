// reject: FRM-2 @ 0x14
// why: the callee gives back 32 bits of x19, of which the caller has a fact
// profile: low
// entry: f
// label: g
f:	bti	c
	stp	x19, x30, [x13], #16
	mov	w19, w0
	bl	g
	ldp	x19, x30, [x13, #-16]!
g:	mov	w19, w0
	ret
