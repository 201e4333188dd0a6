// reject: MEM-2 @ 0x4
// why: prefetches have no such form
	ldrb	w2, [x15, w0, uxtw]
	prfm	pldl1keep, [x15, x2]
	ret
