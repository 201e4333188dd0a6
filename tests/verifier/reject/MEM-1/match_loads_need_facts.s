// reject: MEM-1 @ 0x4
// why: only stores has free loads
// profile: match
// entry: f
f:	bti	c
	ldr	x0, [x1]
	ret
