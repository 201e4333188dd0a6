// reject: MEM-1 @ 0x10
// why: the fact is about what the pair left
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x0
	mov	x0, x3
	str	x1, [x0]
	ret
