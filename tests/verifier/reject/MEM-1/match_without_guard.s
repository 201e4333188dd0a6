// reject: MEM-1 @ 0x8
// why: a compare proves nothing: facts are not refined by branches
	lsr	x3, x1, #32
	cmp	x3, x2
	ldr	x0, [x1]
