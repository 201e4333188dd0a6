// reject: MEM-1 @ 0x10
// why: what is beyond the fact is free, and then nothing is known of the base it stepped
// profile: stores
// entry: f
f:	bti	c
	add	x1, x15, w1, uxtw
	sub	x1, x1, #256, lsl #12
	ldr	x0, [x1], #8
	str	x0, [x1]
	ret
