// reject: FRM-7 @ 0x4
// why: falls into an entry with x30 pushed
// entry: f
	str	x30, [x13], #8
f:
	bti	c
	ret
