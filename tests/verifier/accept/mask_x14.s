// accept
// why: x14 like any register
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	mov	x1, #64
	sub	x14, x14, x1
	and	x14, x14, #0xffff
	add	x14, x15, x14
	str	x1, [x14]
	ret
