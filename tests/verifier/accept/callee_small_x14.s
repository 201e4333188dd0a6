// accept
// why: a callee may claim a smaller bound if every call has it
// label: f x14:8
f:
	ret
	str	x30, [x13], #8
	ldr	xzr, [x14]
	bl	f
	ldr	x30, [x13, #-8]!
	ret
