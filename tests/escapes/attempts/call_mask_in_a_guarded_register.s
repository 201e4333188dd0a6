// reject: MEM-1 @ 0x1c
// why: the mask overwrites a saved register that had a fact before the call
// entry: f
f:
	bti	c
	stp	x19, x30, [x13], #16
	add	x19, x15, w0, uxtw
	and	w19, w0, #0x18
	adrp	x30, table
	ldr	x30, [x30, w19, uxtw]
	blr	x30
	ldr	x0, [x19]
	ldp	x19, x30, [x13, #-16]!
	ret
