// reject: MEM-1 @ 0xc
// why: a smaller mask would be safe, but what the verifier proves is that of one size, and a pointer would change under it
// profile: mask
// window-len: 0x100000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
