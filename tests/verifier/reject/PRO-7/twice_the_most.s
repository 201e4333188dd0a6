// reject: PRO-7 @ #0
// why: above 4 GiB
// profile: mask
// window-len: 0x200000000
// entry: f
f:	bti	c
	nop
	ret
