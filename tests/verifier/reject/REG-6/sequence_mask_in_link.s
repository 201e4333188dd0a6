// reject: REG-6 @ 0x4
// why: the mask into x30
	str	x30, [x13], #8
	and	w30, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w30, uxtw]
	blr	x30
