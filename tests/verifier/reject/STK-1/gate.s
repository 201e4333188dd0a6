// reject: STK-1 @ 0x8
// why: whoever runs next relies on x14 within 1 KiB
// import: log
	str	x30, [x13], #8
	sub	x14, x14, #16
	bl	gate0
