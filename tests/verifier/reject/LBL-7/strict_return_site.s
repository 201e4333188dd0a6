// reject: LBL-7 @ 0xc
// why: policy strict: no fact outlives a call
// strict
// label: f x19:0 [x19,x30]
// label: g
	stp	x19, x30, [x13], #16
	add	x19, x15, w0, uxtw
	bl	g
f:
	ldr	x1, [x19]
	ldp	x19, x30, [x13, #-16]!
	ret
g:
	ret
