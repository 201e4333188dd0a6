// reject: MTR-3 @ 0x4
// why: a return: calls forward and returns make 2^n runs of the last of n functions
// entry: f
// label: T
// flags: 1
f:
	bti	c
	ret
T:
	ldur	xzr, [x15, #-8]
