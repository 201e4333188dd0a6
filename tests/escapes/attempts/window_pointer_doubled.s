// reject: MEM-2 @ 0x4
// why: an index shifted by three reaches 32 GiB
// entry: f
f:
	bti	c
	ldr	x0, [x15, w1, uxtw #3]
	ret
