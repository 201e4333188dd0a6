// reject: INS-1 @ 0x8
// why: ldtr reads the memory of the task that happens to run
// entry: f
f:
	bti	c
	add	x0, x15, w0, uxtw
	ldtr	x1, [x0]
	ret
