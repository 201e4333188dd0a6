// reject: FRM-4 @ 0xc
// why: pushes a number and pops it as the link
// entry: f
f:
	bti	c
	str	x19, [x13], #8
	mov	x19, x0
	ldr	x30, [x13, #-8]!
	ret
