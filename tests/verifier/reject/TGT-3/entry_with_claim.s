// reject: TGT-3 @ 0x0
// why: the kernel gives guarded arguments, but promises nothing
// label: f x0:0
// entry: f
f:
	bti	c
	ldr	x1, [x0]
	ret
