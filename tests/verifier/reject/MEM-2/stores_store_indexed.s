// reject: MEM-2 @ 0x4
// why: stores are guarded
// profile: stores
// entry: f
f:
	bti	c
	str	x0, [x1, x2]
	ret
