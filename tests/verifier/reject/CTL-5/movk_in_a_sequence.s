// reject: CTL-5 @ 0x8
// why: the words of a table sequence stand together
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	and	w10, w0, #8
	movk	x10, #0, lsl #32
	adrp	x30, table
	ldr	x30, [x30, w10, uxtw]
	blr	x30
	ret
