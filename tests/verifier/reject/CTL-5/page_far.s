// reject: CTL-5 @ 0x1000
// why: the page of the word is not the table's
	.rept	1022
	nop
	.endr
	str	x30, [x13], #8
	and	w9, w0, #8
	.inst	0x9000001e
	ldr	x30, [x30, w9, uxtw]
	blr	x30
