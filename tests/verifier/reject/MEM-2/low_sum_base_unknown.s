// reject: MEM-2 @ 0x4
// why: nothing is known of the base
// profile: low
	mov	w2, w2
	ldr	x0, [x1, x2]
