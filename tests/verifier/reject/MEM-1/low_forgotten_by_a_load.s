// reject: MEM-1 @ 0x8
// why: the word between loads 64 bits
// profile: low
	mov	w1, w1
	ldr	x1, [x1]
	ldr	x0, [x1]
