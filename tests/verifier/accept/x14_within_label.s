// accept
// why: labels with other bounds of x14
// entry: f
// label: a x14:2048
// label: b1 x14:1024
f:
	bti	c
	sub	x14, x14, #1024
a:
	str	x0, [x14]
b1:
	ldr	xzr, [x14]
	add	x14, x14, #1024
	ret
