// reject: STK-1 @ 0x4
// why: whoever runs next relies on x14 within 1 KiB
	mov	x14, x0
	ret
