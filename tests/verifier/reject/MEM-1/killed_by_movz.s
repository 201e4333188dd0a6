// reject: MEM-1 @ 0x8
// why: the register was written in another way since its guard
	add	x1, x15, w0, uxtw
	mov	x1, #0
	ldr	x0, [x1]
