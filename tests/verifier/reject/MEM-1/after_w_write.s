// reject: MEM-1 @ 0x8
// why: a write of w1 clears the upper half
	add	x1, x15, w0, uxtw
	add	w1, w1, #8
	ldr	x0, [x1]
