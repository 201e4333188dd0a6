// reject: MEM-1 @ 0x8
// why: a W move of a register with a fact
	add	x1, x15, w0, uxtw
	mov	w2, w1
	ldr	x0, [x2]
