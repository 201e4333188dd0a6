// reject: MEM-2 @ 0x14
// why: steps behind the access lift what leans on it
// profile: low
	mov	w1, w1
	mov	w2, w2
	ldr	x0, [x2, #-8]!
	add	x2, x2, #1, lsl #12
	sub	x2, x2, #0x800
	ldr	x0, [x1, x2, lsl #3]
