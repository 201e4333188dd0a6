// reject: MEM-2 @ 0x10
// why: an access at -8 proves 8 bytes more, but not in the shadow of its fault
// profile: low
	mov	w1, w1
	mov	w2, w2
	ldur	x0, [x2, #-8]
	sub	x2, x2, #8
	ldr	x0, [x1, x2, lsl #3]
