// accept
// why: policy strict: x14 has its bound behind a call
// strict
// label: f
	str	x30, [x13], #8
	bl	f
	str	x0, [x14]
	ldr	x30, [x13, #-8]!
	ret
f:
	ret
