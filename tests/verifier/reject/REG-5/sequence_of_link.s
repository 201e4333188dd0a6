// reject: REG-5 @ 0x4
// why: the link as offset: its low bits choose what is called
	str	x30, [x13], #8
	and	w9, w30, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
