// reject: INS-1 @ 0x0
// why: prefetch of instructions
	prfum	plil1keep, [x15]
