// reject: MEM-1 @ 0x4
// why: a prefetch is no load
// profile: stores
// entry: f
f:	bti	c
	prfum	pldl1keep, [x1, #-8]
	ret
