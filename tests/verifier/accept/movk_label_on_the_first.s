// accept
// why: the first word may be branched to: the pair follows whole
// profile: movk
// window: 0xffff123400000000
// entry: f
// label: g
f:	bti	c
	cbz	x1, g
g:
	movk	x0, #0x1234, lsl #32
	movk	x0, #0xffff, lsl #48
	str	x1, [x0]
	ret
