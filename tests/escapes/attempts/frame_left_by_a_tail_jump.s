// reject: FRM-7 @ 0x8
// why: the function jumped to would return with this frame still there
// entry: f
// label: g
f:
	bti	c
	str	x19, [x13], #8
	b	g
g:
	ret
