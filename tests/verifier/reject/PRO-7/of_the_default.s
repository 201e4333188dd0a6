// reject: PRO-7 @ #0
// why: windows of the default are of one size
// profile: uxtw
// window-len: 0x100000000
// entry: f
f:	bti	c
	nop
	ret
