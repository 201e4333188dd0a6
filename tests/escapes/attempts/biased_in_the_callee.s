// reject: REG-7 @ 0x14
// why: the callee has the base changed, the caller goes by it
// entry: f
// label: g
// flags: 2
f:
	bti	c
	str	x30, [x13], #8
	bl	g
	ldr	x30, [x13, #-8]!
	ret
g:
	sub	x9, x9, x0
	ret
