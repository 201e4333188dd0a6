// reject: CTL-5 @ 0x4
// why: the masked offset in x14
	str	x30, [x13], #8
	and	w14, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w14, uxtw]
	blr	x30
