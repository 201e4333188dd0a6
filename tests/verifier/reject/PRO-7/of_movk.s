// reject: PRO-7 @ #0
// why: windows of other profiles are of one size
// profile: movk
// window-len: 0x10000
// entry: f
f:	bti	c
	nop
	ret
