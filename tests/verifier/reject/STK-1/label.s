// reject: STK-1 @ 0x0
// why: whoever runs next relies on x14 within 1 KiB
// label: f x14:2048
f:
	ret
