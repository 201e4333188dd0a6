// reject: CTL-5 @ 0xc
// why: the load takes another register than the mask made
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w0, uxtw]
	blr	x30
