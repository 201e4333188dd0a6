// reject: INS-3 @ 0x4
// why: constrained unpredictable
// profile: stores
// entry: f
f:	bti	c
	.inst	0xa9400020
	ret
