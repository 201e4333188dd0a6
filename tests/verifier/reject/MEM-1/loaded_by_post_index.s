// reject: MEM-1 @ 0x8
// why: write-back makes a fact about x1, and none about what is loaded beside it
	add	x1, x15, w0, uxtw
	ldr	x0, [x1], #8
	ldr	x2, [x0]
	ret
