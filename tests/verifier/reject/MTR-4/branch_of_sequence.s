// reject: MTR-4 @ 0x18
// why: a branch into the check before a sequence
// entry: f
// label: in [x30]
// label: T
// flags: 1
f:
	bti	c
	str	x30, [x13], #8
	cbz	x0, in
	sub	x9, x9, #1
in:
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
