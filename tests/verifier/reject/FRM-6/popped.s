// reject: FRM-6 @ 0x8
// why: pushed and popped before the call
// label: f
	str	x30, [x13], #8
	ldr	x30, [x13, #-8]!
	bl	f
	ret
f:
	ret
