// reject: MEM-1 @ 0x4
// why: a store-exclusive needs its fact like any other
	mov	x1, x2
	stxr	w0, x3, [x1]
