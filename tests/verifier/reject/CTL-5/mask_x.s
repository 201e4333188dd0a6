// reject: CTL-5 @ 0x4
// why: and of 64 bits
	str	x30, [x13], #8
	and	x9, x0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
