// reject: TGT-3 @ 0x0
// why: whoever calls it establishes nothing of x0
// label: f x0:0
// target: f
f:
	bti	c
	ldr	x1, [x0]
	ret
