// reject: CTL-5 @ 0x4
// why: the word before adrp is no mask
	str	x30, [x13], #8
	nop
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
