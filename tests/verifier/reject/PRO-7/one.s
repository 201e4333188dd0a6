// reject: PRO-7 @ #0
// why: a power of two, far below
// profile: mask
// window-len: 1
// entry: f
f:	bti	c
	nop
	ret
