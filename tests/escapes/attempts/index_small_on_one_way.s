// reject: MEM-2 @ 0x10
// why: one way masks the index, the other brings it as it was
// label: l x0:0
// entry: f
f:
	bti	c
	add	x0, x15, w0, uxtw
	cbz	x2, l
	and	x1, x1, #0xff
l:
	str	x2, [x0, x1]
	ret
