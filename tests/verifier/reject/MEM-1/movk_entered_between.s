// reject: MEM-1 @ 0x14
// why: a branch to the second word skips the first
// profile: movk
// window: 0xffff123400000000
// entry: f
// label: g
f:	bti	c
	cbz	x1, g
	movk	x0, #0x1234, lsl #32
g:
	movk	x0, #0xffff, lsl #48
	nop
	str	x1, [x0]
	ret
