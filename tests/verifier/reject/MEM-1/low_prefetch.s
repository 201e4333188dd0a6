// reject: MEM-1 @ 0x0
// why: so does a prefetch
// profile: low
	prfm	pldl1keep, [x1]
