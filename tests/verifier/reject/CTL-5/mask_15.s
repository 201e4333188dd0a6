// reject: CTL-5 @ 0x4
// why: the mask lets offsets inside a slot pass
	str	x30, [x13], #8
	and	w9, w0, #15
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
