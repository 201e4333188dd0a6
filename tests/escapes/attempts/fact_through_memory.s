// reject: MEM-1 @ 0x10
// why: user space writes the window at any time: a guarded pointer that was stored and loaded again is a number
// entry: f
f:
	bti	c
	add	x0, x15, w0, uxtw
	str	x0, [x15, w1, uxtw]
	ldr	x0, [x15, w1, uxtw]
	ldr	x2, [x0]
	ret
