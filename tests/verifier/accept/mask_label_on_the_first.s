// accept
// why: the first word may be branched to
// profile: mask
// window-len: 0x10000
// entry: f
// label: g
f:	bti	c
	cbz	x1, g
g:
	and	x0, x0, #0xffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
