// reject: MEM-1 @ 0xc
// why: or in place of and
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	orr	x0, x0, #0xffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
