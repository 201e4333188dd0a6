// reject: CTL-5 @ 0xc
// why: a word between
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	nop
	ldr	x30, [x30, w9, uxtw]
	blr	x30
