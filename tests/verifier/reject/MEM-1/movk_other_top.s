// reject: MEM-1 @ 0xc
// why: another half of the address space
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0x1234, lsl #32
	movk	x0, #0xfffe, lsl #48
	str	x1, [x0]
	ret
