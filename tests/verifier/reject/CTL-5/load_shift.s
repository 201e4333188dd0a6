// reject: CTL-5 @ 0xc
// why: the index is shifted
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw #3]
	blr	x30
