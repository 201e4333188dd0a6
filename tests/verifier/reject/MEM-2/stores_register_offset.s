// reject: MEM-2 @ 0x4
// why: free loads are those by an immediate: the table has no others
// profile: stores
// entry: f
f:	bti	c
	ldr	x0, [x1, x2]
	ret
