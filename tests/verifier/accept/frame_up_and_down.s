// accept
// why: down and up cancels in the interval
// entry: f
f:
	bti	c
	sub	x14, x14, #0x10, lsl #12
	add	x14, x14, #0x10, lsl #12
	ret
