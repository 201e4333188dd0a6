// reject: MEM-1 @ 0x8
// why: the small register stands where the index does, and the wild one is the base
// entry: f
f:
	bti	c
	and	x1, x1, #0xff
	str	x2, [x3, x1]
	ret
