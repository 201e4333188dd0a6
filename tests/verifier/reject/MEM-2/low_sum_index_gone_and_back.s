// reject: MEM-2 @ 0x10
// why: what has been below 0 may have been lifted by an access
// profile: low
	mov	w1, w1
	mov	w2, w2
	sub	x2, x2, #8
	add	x2, x2, #8
	ldr	x0, [x1, x2, lsl #3]
