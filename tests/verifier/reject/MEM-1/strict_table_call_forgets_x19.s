// reject: MEM-1 @ 0x18
// why: policy strict: no fact outlives a call
// strict
	stp	x19, x30, [x13], #16
	add	x19, x15, w0, uxtw
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
	ldr	x2, [x19]
