// reject: CTL-5 @ 0x8
// why: a word between mask and adrp
	str	x30, [x13], #8
	and	w9, w0, #8
	nop
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
