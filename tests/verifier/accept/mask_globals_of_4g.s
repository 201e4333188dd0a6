// accept
// why: 16 MiB are far from the end of 4 GiB
// profile: mask
// window-len: 0x100000000
// entry: f
f:	bti	c
	add	x0, x15, #4095, lsl #12
	str	x1, [x0, #32760]
	ret
