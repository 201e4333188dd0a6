// accept
// why: the link need not be the first
// label: f
	str	x19, [x13], #8
	str	x30, [x13], #8
	bl	f
	ldr	x30, [x13, #-8]!
	ldr	x19, [x13, #-8]!
	ret
f:
	ret
