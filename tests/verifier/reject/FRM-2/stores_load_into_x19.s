// reject: FRM-2 @ 0x4
// why: saved registers are written while they are pushed
// profile: stores
// entry: f
f:	bti	c
	ldr	x19, [x1]
	ret
