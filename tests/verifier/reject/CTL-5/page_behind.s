// reject: CTL-5 @ 0x8
// why: adrp names the next page
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table+4096
	ldr	x30, [x30, w9, uxtw]
	blr	x30
