// reject: STK-1 @ 0x4
// why: whoever runs next relies on x14 within 1 KiB
	add	x14, x14, #8
	ret
