// reject: MEM-1 @ 0xc
// why: policy strict: no fact outlives a call
// strict
// label: f
	stp	x19, x30, [x13], #16
	add	x19, x15, w0, uxtw
	bl	f
	ldr	x2, [x19]
	ldp	x19, x30, [x13, #-16]!
	ret
f:
	ret
