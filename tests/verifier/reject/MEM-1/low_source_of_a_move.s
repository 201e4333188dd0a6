// reject: MEM-1 @ 0x4
// why: the fact is about x1, the access uses x2
// profile: low
	mov	w1, w2
	ldr	x0, [x2]
