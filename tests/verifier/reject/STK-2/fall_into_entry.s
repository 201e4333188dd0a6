// reject: STK-2 @ 0x4
// why: falls into an entry with x14 16 bytes lower
// entry: f
	sub	x14, x14, #16
f:
	bti	c
	ret
