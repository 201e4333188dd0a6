// reject: STK-1 @ 0xc
// why: whoever runs next relies on x14 within 1 KiB
	str	x30, [x13], #8
	sub	x14, x14, #16
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
