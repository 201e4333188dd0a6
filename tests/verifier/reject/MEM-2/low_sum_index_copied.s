// reject: MEM-2 @ 0x14
// why: a copy leans as far
// profile: low
	mov	w1, w1
	mov	w2, w2
	ldr	x0, [x2, #-8]!
	add	x3, x2, #16
	mov	x4, x3
	ldr	x0, [x1, x4, lsl #3]
