// reject: MEM-1 @ 0x10
// why: csel of two guarded registers; true, but no row of the table of facts
// entry: f
f:
	bti	c
	add	x0, x15, w0, uxtw
	add	x1, x15, w1, uxtw
	csel	x2, x0, x1, eq
	ldr	x3, [x2]
	ret
