// accept
// why: a MiB is one of the sizes
// profile: mask
// window-len: 0x100000
// entry: f
f:	bti	c
	and	x0, x0, #0xfffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
