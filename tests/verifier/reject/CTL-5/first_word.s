// reject: CTL-5 @ 0x0
// why: adrp is the first word of the code
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
