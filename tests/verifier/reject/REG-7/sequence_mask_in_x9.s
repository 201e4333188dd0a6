// reject: REG-7 @ 0x4
// why: the biased base is written: the mask into x15
// flags: 2
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
