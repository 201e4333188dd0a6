// reject: CTL-5 @ 0x14
// why: a second load behind a whole sequence: x30 is no longer the table
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
	ldr	x30, [x30, w9, uxtw]
