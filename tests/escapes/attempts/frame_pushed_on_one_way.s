// reject: FRM-7 @ 0xc
// why: one way into the label pushes, the other does not
// entry: f
// label: out
f:
	bti	c
	cbz	x0, out
	str	x19, [x13], #8
out:
	ret
