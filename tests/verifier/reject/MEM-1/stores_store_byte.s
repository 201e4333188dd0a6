// reject: MEM-1 @ 0x4
// why: stores of any size do
// profile: stores
// entry: f
f:	bti	c
	strb	w0, [x1, #1]
	ret
