// reject: MEM-1 @ 0x0
// why: its time tells what is mapped there
	prfum	pldl1keep, [x1, #1]
