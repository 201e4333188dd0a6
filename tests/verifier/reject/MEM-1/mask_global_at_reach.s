// reject: MEM-1 @ 0xc
// why: beyond the end, and the access farther
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	add	x0, x15, #271, lsl #12
	mov	x2, x0
	str	x1, [x2, #4096]
	ret
