// reject: LBL-7 @ 0x4
// why: the callee believes its x0 to be guarded
// label: f x0:0
	str	x30, [x13], #8
	bl	f
	ldr	x30, [x13, #-8]!
	ret
f:
	ldr	x1, [x0]
	ret
