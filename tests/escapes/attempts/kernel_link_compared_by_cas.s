// reject: REG-5 @ 0xc
// why: a compare-and-swap tells whether a guess of the link is right
// entry: f
f:
	bti	c
	add	x1, x15, w1, uxtw
	str	x0, [x1]
	casal	x30, x2, [x1]
	ret
