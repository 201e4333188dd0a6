// reject: MEM-1 @ 0xc
// why: a popped register holds the caller's value
	str	x19, [x13], #8
	add	x19, x15, w0, uxtw
	ldr	x19, [x13, #-8]!
	ldr	x0, [x19]
