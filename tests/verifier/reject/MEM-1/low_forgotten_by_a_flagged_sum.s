// reject: MEM-1 @ 0x8
// why: the word between writes 64 bits, near as they are
// profile: low
	mov	w1, w1
	adds	x1, x1, #8
	ldr	x0, [x1]
