// reject: MEM-1 @ 0x8
// why: the word between writes 64 bits
// profile: low
	mov	w1, w1
	add	x1, x1, x2
	ldr	x0, [x1]
