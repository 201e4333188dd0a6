// reject: REG-1 @ 0x4
// why: the second register of a pair is written as well
// entry: f
f:
	bti	c
	ldp	x0, x15, [x14]
	ret
