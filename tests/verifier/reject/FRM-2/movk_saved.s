// reject: FRM-2 @ 0x4
// why: saved registers are written while they are pushed
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x19, #0x1234, lsl #32
	movk	x19, #0xffff, lsl #48
	ret
