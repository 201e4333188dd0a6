// reject: MEM-1 @ 0xc
// why: or in place of the addition is not the profile's
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	orr	x0, x15, x0
	str	x1, [x0]
	ret
