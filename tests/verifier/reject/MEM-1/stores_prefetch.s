// reject: MEM-1 @ 0x4
// why: a prefetch is no load: nothing faults that would end it
// profile: stores
// entry: f
f:	bti	c
	prfm	pldl1keep, [x1]
	ret
