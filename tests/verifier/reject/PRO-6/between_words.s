// reject: PRO-6 @ 0x6
// why: an open pair stands there, two bytes off the words that run
// profile: movk
// window: 0xffff123400000000
// entry: f
// raw-guard: 6
f:	bti	c
	.inst	0x00000000
	.inst	0x0000f2c0
	.inst	0x0000f2e0
	ret
