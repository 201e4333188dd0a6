// accept
// why: a label behind ret may have a list
// label: f [x30]
	str	x30, [x13], #8
	cbz	x0, f
	ldr	x30, [x13, #-8]!
	ret
f:
	nop
	ldr	x30, [x13, #-8]!
	ret
