// reject: INS-4 @ 0x4
// why: a load relative to PC stays no load of the table
// profile: stores
// entry: f
f:	bti	c
	ldr	x0, .+8
	nop
	ret
