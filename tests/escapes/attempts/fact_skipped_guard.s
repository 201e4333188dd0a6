// reject: LBL-7 @ 0x4
// why: the branch comes in behind the guard
// entry: f
// label: behind x0:0
f:
	bti	c
	cbz	w1, behind
	add	x0, x15, w0, uxtw
behind:
	str	x1, [x0]
	ret
