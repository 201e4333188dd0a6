// reject: CTL-5 @ 0x8
// why: the code ends inside the sequence
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
