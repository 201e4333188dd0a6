// reject: FRM-8 @ 0x4
// why: the callee would pop its caller's frame
// label: f [x30]
	str	x30, [x13], #8
	bl	f
	ldr	x30, [x13, #-8]!
	ret
f:
	ldr	x30, [x13, #-8]!
	ret
