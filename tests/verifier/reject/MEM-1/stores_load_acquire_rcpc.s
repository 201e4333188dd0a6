// reject: MEM-1 @ 0x4
// why: ordered loads count as stores
// profile: stores
// entry: f
f:	bti	c
	ldapr	x0, [x1]
	ret
