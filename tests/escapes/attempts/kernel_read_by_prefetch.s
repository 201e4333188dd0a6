// reject: MEM-1 @ 0x4
// why: a prefetch never faults, but its time tells which kernel pages are mapped
// entry: f
f:
	bti	c
	prfm	pldl1keep, [x0]
	ret
