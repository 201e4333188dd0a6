// reject: CTL-5 @ 0x4
// why: ands is not and
	str	x30, [x13], #8
	ands	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
