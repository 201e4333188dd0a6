// reject: MEM-1 @ 0x18
// why: a callee may change temporaries
	str	x30, [x13], #8
	add	x1, x15, w0, uxtw
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
	ldr	x2, [x1]
