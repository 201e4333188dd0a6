// reject: MEM-1 @ 0x4
// why: exclusive stores are stores
// profile: stores
// entry: f
f:	bti	c
	stxr	w3, x0, [x1]
	ret
