// reject: FRM-8 @ 0x4
// why: even a trap word is called with the empty list only
// label: f [x30]
	str	x30, [x13], #8
	bl	f
	ldr	x30, [x13, #-8]!
	ret
f:
	ldur	xzr, [x15, #-8]
