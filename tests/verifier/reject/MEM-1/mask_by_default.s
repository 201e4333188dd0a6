// reject: MEM-1 @ 0xc
// why: the default makes no fact of it
// profile: uxtw
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
