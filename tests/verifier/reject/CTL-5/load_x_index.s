// reject: CTL-5 @ 0xc
// why: all 64 bits of the index
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, x9]
	blr	x30
