// reject: MEM-1 @ 0x4
// why: loads are guarded
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	ldr	x1, [x0]
	ret
