// reject: FRM-8 @ 0x4
// why: bl .+4: its label would need the empty list
// label: f [x30]
	str	x30, [x13], #8
	bl	f
f:
	ldr	x30, [x13, #-8]!
	ret
