// reject: MEM-1 @ 0xc
// why: a popped register holds the caller's value
	stp	x19, x20, [x13], #16
	add	x20, x15, w0, uxtw
	ldp	x19, x20, [x13, #-16]!
	ldr	x0, [x20]
