// reject: STK-1 @ 0x8
// why: whoever runs next relies on x14 within 1 KiB
// label: f x14:4096
	str	x30, [x13], #8
	mov	x14, x0
	bl	f
	ldr	x30, [x13, #-8]!
	ret
f:
	ret
