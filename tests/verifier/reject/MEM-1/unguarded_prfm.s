// reject: MEM-1 @ 0x0
// why: its time tells what is mapped there
	prfm	pldl1keep, [x1]
