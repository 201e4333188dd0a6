// reject: MEM-1 @ 0x8
// why: mov w1, w1 leaves an offset, not an address
	add	x1, x15, w0, uxtw
	mov	w1, w1
	ldr	x0, [x1]
