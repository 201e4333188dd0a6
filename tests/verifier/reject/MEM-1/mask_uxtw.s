// reject: MEM-1 @ 0x8
// why: the guard of larger windows reaches 4 GiB
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	add	x0, x15, w0, uxtw
	str	x1, [x0]
	ret
