// reject: STK-1 @ 0xc
// why: 64 bytes more below the bound at every level of a recursion, and no access that would fault
// entry: f
f:
	bti	c
	str	x30, [x13], #8
	sub	x14, x14, #64
	bl	f
	add	x14, x14, #64
	ldr	x30, [x13, #-8]!
	ret
