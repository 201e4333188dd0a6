// reject: REG-7 @ 0x4
// why: the mask of a table sequence is an and like others
// flags: 2
	str	x30, [x13], #8
	and	w9, w0, #8
