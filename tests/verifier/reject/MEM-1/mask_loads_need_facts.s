// reject: MEM-1 @ 0x4
// why: loads are guarded
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	ldr	x1, [x0]
	ret
