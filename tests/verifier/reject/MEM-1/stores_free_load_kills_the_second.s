// reject: MEM-1 @ 0xc
// why: the second register of a pair had a fact
// profile: stores
// entry: f
f:	bti	c
	add	x2, x15, w2, uxtw
	ldp	x0, x2, [x1]
	str	x0, [x2]
	ret
