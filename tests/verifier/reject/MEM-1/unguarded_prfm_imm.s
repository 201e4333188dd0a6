// reject: MEM-1 @ 0x0
// why: its time tells what is mapped there
	prfm	pstl1strm, [x1, #8]
