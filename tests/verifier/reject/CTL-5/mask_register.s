// reject: CTL-5 @ 0x4
// why: and of a register
	str	x30, [x13], #8
	and	w9, w0, w1
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
