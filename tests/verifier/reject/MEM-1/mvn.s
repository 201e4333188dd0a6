// reject: MEM-1 @ 0x8
// why: mvn is no copy
	add	x1, x15, w0, uxtw
	mvn	x2, x1
	ldr	x0, [x2]
