// reject: REG-7 @ 0x4
// why: the base comes back from the heap, where user space has changed it
// entry: f
// flags: 2
f:
	bti	c
	ldr	x9, [x15, w0, uxtw]
	ldr	x0, [x9, w1, uxtw]
	ret
