// reject: MEM-1 @ 0x10
// why: the slot holds a good pointer, but what a pop brings is not tracked
// entry: f
f:
	bti	c
	str	x19, [x13], #8
	add	x19, x15, w0, uxtw
	ldr	x19, [x13, #-8]!
	ldr	x0, [x19]
	ret
