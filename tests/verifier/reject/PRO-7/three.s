// reject: PRO-7 @ #0
// why: no power of two
// profile: mask
// window-len: 0x30000
// entry: f
f:	bti	c
	nop
	ret
