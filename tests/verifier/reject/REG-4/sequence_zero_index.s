// reject: REG-4 @ 0x4
// why: the mask into 31 is a write of SP
	str	x30, [x13], #8
	and	wsp, w0, #8
	adrp	x30, table
	ldr	x30, [x30, wzr, uxtw]
	blr	x30
