// reject: MEM-2 @ 0xc
// why: the access before has written its own index
// profile: low
	mov	w1, w1
	mov	w2, w2
	ldr	x2, [x1, x2]
	ldr	x0, [x1, x2]
