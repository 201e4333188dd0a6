// reject: FRM-2 @ 0x4
// why: saved registers are written while they are pushed
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x19, x0, #0xffff
	ret
