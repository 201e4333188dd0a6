// reject: MEM-1 @ 0xc
// why: the form of 32 bits is not the profile's, though it would do
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	w0, w0, #0xffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
