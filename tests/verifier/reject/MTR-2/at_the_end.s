// reject: MTR-2 @ 0x4
// why: the code ends behind the charge
// entry: f
// flags: 1
f:
	bti	c
	sub	x9, x9, #1
