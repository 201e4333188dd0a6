// reject: MEM-1 @ 0x10
// why: the second of ldpsw is as long as the first
// profile: low
// entry: f
f:	bti	c
	mov	w2, w0
	ldpsw	x0, x1, [x2]
	mov	w0, w0
	str	x0, [x1]
	ret
