// reject: REG-7 @ 0x8
// why: the index of a call through the table, a small number, is no base
// entry: f
// flags: 2
f:
	bti	c
	str	x30, [x13], #8
	and	w9, w0, #8
	ret
