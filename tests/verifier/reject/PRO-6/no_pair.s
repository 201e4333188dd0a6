// reject: PRO-6 @ 0x4
// why: the words are others
// profile: movk
// window: 0xffff123400000000
// entry: f
// guard: f+4
f:	bti	c
	nop
	nop
	ret
