// reject: MEM-2 @ 0xc
// why: the shift takes the index eight times as far before the window
// profile: low
	mov	w1, w1
	mov	w2, w2
	sub	x2, x2, #8
	ldr	x0, [x1, x2, lsl #3]
