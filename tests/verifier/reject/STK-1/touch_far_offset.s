// reject: STK-1 @ 0x8
// why: whoever runs next relies on x14 within 1 KiB
	sub	x14, x14, #2048
	str	x0, [x14, #1032]
	ret
