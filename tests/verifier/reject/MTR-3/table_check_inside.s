// reject: MTR-3 @ 0x18
// why: a word stands between the check and the sequence
// entry: f
// label: T
// flags: 1
f:
	bti	c
	str	x30, [x13], #8
	sub	x9, x9, #1
	tbnz	x9, #63, T
	nop
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
