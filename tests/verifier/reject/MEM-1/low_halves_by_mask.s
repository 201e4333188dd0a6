// reject: MEM-1 @ 0x4
// why: elsewhere 32 bits are an offset, no address
// profile: mask
// window-len: 0x100000000
	mov	w1, w0
	str	x0, [x1]
