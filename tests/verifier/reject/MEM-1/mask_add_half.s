// reject: MEM-1 @ 0xc
// why: the start's upper half is lost
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	w0, w15, w0
	str	x1, [x0]
	ret
