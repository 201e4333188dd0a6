// reject: MEM-1 @ 0xc
// why: the form with flags is not the profile's, though it would do
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	ands	x0, x0, #0xffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
