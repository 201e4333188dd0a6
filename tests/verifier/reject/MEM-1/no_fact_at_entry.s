// reject: MEM-1 @ 0x4
// why: an entry knows nothing of its arguments
// entry: f
f:
	bti	c
	ldr	x1, [x0]
