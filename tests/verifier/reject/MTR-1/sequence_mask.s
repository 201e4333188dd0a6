// reject: MTR-1 @ 0x10
// why: the mask of a table sequence in x9
// entry: f
// label: T
// flags: 1
f:
	bti	c
	str	x30, [x13], #8
	sub	x9, x9, #1
	tbnz	x9, #63, T
	and	w9, w0, #0x18
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
	ldr	x30, [x13, #-8]!
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
