// reject: MEM-1 @ 0x2c
// why: each access reaches a little farther, and none of them proves that it stayed
// entry: f
f:
	bti	c
	add	x0, x15, w0, uxtw
	add	x0, x0, #0x7f, lsl #12
	ubfx	x1, x1, #0, #16
	str	x2, [x0, x1, lsl #3]
	add	x0, x0, #0x80
	ubfx	x1, x1, #0, #16
	str	x2, [x0, x1, lsl #3]
	add	x0, x0, #0x1, lsl #12
	ubfx	x1, x1, #0, #16
	nop
	str	x2, [x0, x1, lsl #3]
	ret
