// reject: REG-4 @ 0x4
// why: SP is not named
// profile: stores
// entry: f
f:	bti	c
	ldr	x0, [sp]
	ret
