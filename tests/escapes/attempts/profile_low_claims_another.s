// reject: MEM-1 @ 0x8
// why: an image names the profile of windows elsewhere, where 32 bits are no address
// profile: uxtw
// entry: f
f:	bti	c
	mov	w1, w0
	str	x0, [x1]
	ret
