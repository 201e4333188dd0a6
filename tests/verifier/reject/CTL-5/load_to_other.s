// reject: CTL-5 @ 0xc
// why: the table's address into x0
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	ldr	x0, [x30, w9, uxtw]
	blr	x30
