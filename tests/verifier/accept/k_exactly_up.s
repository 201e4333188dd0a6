// accept
// why: 1 KiB exactly above at ret
// entry: f
f:
	bti	c
	ldr	xzr, [x14]
	add	x14, x14, #1024
	ret
