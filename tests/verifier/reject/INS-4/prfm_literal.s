// reject: INS-4 @ 0x0
// why: prefetch of a literal makes a kernel address or reads beside the code
	prfm	pldl1keep, .
