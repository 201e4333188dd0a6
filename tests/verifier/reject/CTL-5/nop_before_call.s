// reject: CTL-5 @ 0x10
// why: a word between load and call
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	nop
	blr	x30
