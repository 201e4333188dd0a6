// reject: REG-7 @ 0x4
// why: the end of the window as base, and 4 GiB more by the half register
// entry: f
// flags: 2
f:
	bti	c
	add	x9, x15, w0, uxtw
	ldr	x0, [x9, w1, uxtw]
	ret
