// reject: STK-1 @ 0x8
// why: whoever runs next relies on x14 within 1 KiB
// label: f x14:2048
	nop
f:
	ldur	xzr, [x15, #-8]
	ret
