// reject: PRO-7 @ #0
// why: with windows of 4 KiB the header would have the kernel plan one that has no room for a stack
// profile: mask
// window-len: 0x1000
// entry: f
f:	bti	c
	ret
