// reject: MEM-1 @ 0xc
// why: a callee may change temporaries
// label: f
	str	x30, [x13], #8
	add	x12, x15, w0, uxtw
	bl	f
	ldr	x2, [x12]
	ldr	x30, [x13, #-8]!
	ret
f:
	ret
