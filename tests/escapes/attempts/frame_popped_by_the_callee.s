// reject: FRM-4 @ 0x18
// why: the callee pops its caller's link and returns over its head
// entry: f
// label: g
f:
	bti	c
	str	x30, [x13], #8
	bl	g
	ldr	x30, [x13, #-8]!
	ret
	ldur	xzr, [x15, #-8]
g:
	ldr	x30, [x13, #-8]!
	ret
