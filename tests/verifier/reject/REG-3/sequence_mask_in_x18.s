// reject: REG-3 @ 0x4
// why: the mask into x18
	str	x30, [x13], #8
	and	w18, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w18, uxtw]
	blr	x30
