// reject: REG-7 @ 0x4
// why: the biased base is written: x15 is not written, to what it is neither
// profile: movk
// window: 0xffff123400000000
// entry: f
// flags: 2
f:	bti	c
	movk	x9, #0x1234, lsl #32
	movk	x9, #0xffff, lsl #48
	ret
