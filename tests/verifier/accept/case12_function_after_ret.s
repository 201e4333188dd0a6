// accept
// why: a function that nothing names
// label: f
	ret
	stp	x19, x30, [x13], #16
	mov	x19, x0
	bl	f
	ldp	x19, x30, [x13, #-16]!
	ret
f:
	ret
