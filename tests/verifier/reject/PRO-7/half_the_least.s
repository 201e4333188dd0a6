// reject: PRO-7 @ #0
// why: below 64 KiB
// profile: mask
// window-len: 0x8000
// entry: f
f:	bti	c
	nop
	ret
