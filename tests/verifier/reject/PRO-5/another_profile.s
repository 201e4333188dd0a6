// reject: PRO-5 @ #0
// why: the default has no guards that are filled in
// entry: f
// guard: f+4
f:	bti	c
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	ret
