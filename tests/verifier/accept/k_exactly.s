// accept
// why: 1 KiB exactly at ret
// entry: f
f:
	bti	c
	ldr	xzr, [x14]
	sub	x14, x14, #1024
	ret
