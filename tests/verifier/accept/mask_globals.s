// accept
// why: what lies at a constant from the start counts from the end on by what it passes the size by
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	add	x0, x15, #16, lsl #12
	str	x1, [x0]
	add	x0, x15, #271, lsl #12
	str	x1, [x0, #4088]
	ret
