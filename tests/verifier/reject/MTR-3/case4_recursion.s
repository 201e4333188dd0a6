// reject: MTR-3 @ 0x8
// why: recursion forward and back
// entry: f
// flags: 1
f:
	bti	c
	str	x30, [x13], #8
	bl	f
	ldr	x30, [x13, #-8]!
	ret
