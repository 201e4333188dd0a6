// reject: PRO-7 @ #0
// why: a window of the profile has a size
// profile: mask
// entry: f
f:	bti	c
	nop
	ret
