// accept
// why: policy strict: a guard behind the call
// strict
// label: f
	stp	x19, x30, [x13], #16
	add	x19, x15, w0, uxtw
	bl	f
	add	x19, x15, w19, uxtw
	ldr	x0, [x19]
	ldp	x19, x30, [x13, #-16]!
	ret
f:
	ret
