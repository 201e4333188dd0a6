// accept
// why: recursion through the table, as deep as the fuel goes
// flags: 1
// entry: f
// label: T
f:
	bti	c
	str	x30, [x13], #8
	mov	w0, #8
	sub	x9, x9, #1
	tbnz	x9, #63, T
	and	w10, w0, #0x18
	adrp	x30, table
	ldr	x30, [x30, w10, uxtw]
	blr	x30
	ldr	x30, [x13, #-8]!
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
