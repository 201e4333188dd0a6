// reject: MEM-1 @ 0x10
// why: a byte more than the reach
// entry: f
f:
	bti	c
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xff9
	ldr	x0, [x1]
	ret
