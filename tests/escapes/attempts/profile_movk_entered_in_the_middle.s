// reject: MEM-1 @ 0x18
// why: x0 comes to the second word with a middle of its own
// profile: movk
// window: 0xffff123400000000
// entry: f
// label: g
// label: h
f:	bti	c
	cbz	x1, g
	movk	x0, #0x1235, lsl #32
	b	g
h:	movk	x0, #0x1234, lsl #32
g:	movk	x0, #0xffff, lsl #48
	str	x1, [x0]
	ret
