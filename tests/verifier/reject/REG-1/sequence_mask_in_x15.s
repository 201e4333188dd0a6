// reject: REG-1 @ 0x4
// why: the mask into x15
	str	x30, [x13], #8
	and	w15, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w15, uxtw]
	blr	x30
