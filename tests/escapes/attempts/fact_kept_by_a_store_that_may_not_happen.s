// reject: MEM-1 @ 0x14
// why: a store-exclusive that fails touches nothing, so it proves nothing about the base
// entry: f
f:
	bti	c
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	stxr	w2, x3, [x1]
	add	x1, x1, #0xff, lsl #12
	ldr	x0, [x1]
	ret
