// reject: MEM-2 @ 0x4
// why: nothing is known of the index
// profile: low
	mov	w1, w1
	str	x0, [x1, x2, lsl #3]
