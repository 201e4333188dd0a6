// reject: REG-2 @ 0x4
// why: the mask into x13
	str	x30, [x13], #8
	and	w13, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w13, uxtw]
	blr	x30
