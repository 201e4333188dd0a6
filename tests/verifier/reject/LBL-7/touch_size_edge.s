// reject: LBL-7 @ 0xc
// why: its last byte is 4,097 from the window: too far for a fact
// label: f x1:0
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff9
	ldr	x0, [x1]
f:
	ldr	x0, [x1]
	ret
