// accept
// why: an access made the bound small
// entry: f
// label: a x14:0
f:
	bti	c
	ldr	xzr, [x14]
a:
	ldr	x0, [x14]
	ret
