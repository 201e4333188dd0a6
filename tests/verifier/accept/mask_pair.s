// accept
// why: cut down to the window's size and added to its start
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x0
	stp	x1, x2, [x0]
	ret
