// reject: REG-7 @ 0x4
// why: the biased base is written: x15 stays the base
// profile: stores
// entry: f
// flags: 2
f:	bti	c
	ldr	x0, [x9], #8
	ret
