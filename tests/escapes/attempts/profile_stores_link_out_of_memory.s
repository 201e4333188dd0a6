// reject: REG-6 @ 0x4
// why: a kernel address that was read is a number: x30 takes none
// profile: stores
// entry: f
f:	bti	c
	ldr	x30, [x0]
	ret
