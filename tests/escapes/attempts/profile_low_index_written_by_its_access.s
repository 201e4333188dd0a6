// reject: MEM-2 @ 0x10
// why: the load brings 64 bits into the index that was known
// profile: low
// entry: f
f:	bti	c
	mov	w1, w0
	mov	w2, w0
	ldr	x2, [x1, x2, lsl #3]
	ldr	x0, [x1, x2]
	ret
