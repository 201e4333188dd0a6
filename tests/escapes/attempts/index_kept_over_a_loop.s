// reject: MEM-2 @ 0x14
// why: the byte was small before the loop; in it the index grows by what it likes
// label: l x0:0
// entry: f
f:
	bti	c
	add	x0, x15, w0, uxtw
	ldrb	w1, [x0]
l:
	nop
	nop
	ldrb	w2, [x0, x1]
	add	x1, x1, x3
	b	l
