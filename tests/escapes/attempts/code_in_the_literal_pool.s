// reject: INS-1 @ 0x8
// why: data that is reached by a branch must be instructions: this is svc #0
// entry: f
// label: pool
f:
	bti	c
	b	pool
pool:
	.word	0xd4000001
