// reject: INS-1 @ 0x0
// why: prefetch of instructions
	prfm	plil1keep, [x15]
