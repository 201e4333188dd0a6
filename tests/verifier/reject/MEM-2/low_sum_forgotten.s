// reject: MEM-2 @ 0xc
// why: the index has been written as 64 bits
// profile: low
	mov	w1, w1
	mov	w2, w2
	add	x2, x2, x3
	ldr	x0, [x1, x2]
