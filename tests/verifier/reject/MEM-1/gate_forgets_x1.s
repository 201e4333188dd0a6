// reject: MEM-1 @ 0xc
// why: a gate clears temporaries
// import: log
	str	x30, [x13], #8
	add	x1, x15, w0, uxtw
	bl	gate0
	ldr	x2, [x1]
