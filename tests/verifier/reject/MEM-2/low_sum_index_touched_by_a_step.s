// reject: MEM-2 @ 0xc
// why: the same by write-back
// profile: low
	mov	w1, w1
	mov	w2, w2
	ldr	x0, [x2, #-8]!
	ldr	x0, [x1, x2, lsl #3]
