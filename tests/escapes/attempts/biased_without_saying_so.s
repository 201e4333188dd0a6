// reject: MEM-2 @ 0x8
// why: an image that does not say it has one
// entry: f
f:
	bti	c
	add	x9, x15, #8
	ldr	x0, [x9, w1, uxtw]
	ret
