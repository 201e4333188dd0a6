// reject: CTL-4 @ 0x14
// why: a second blr x30 behind a whole sequence: x30 is the address behind the first
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
	blr	x30
