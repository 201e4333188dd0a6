// reject: MEM-2 @ 0xc
// why: the same by a store
// profile: low
	mov	w1, w1
	mov	w2, w2
	str	x0, [x2, #-16]!
	str	x0, [x1, x2, lsl #3]
