// reject: CTL-5 @ 0x10
// why: the load takes another register than the one that was masked
// entry: f
f:
	bti	c
	str	x30, [x13], #8
	and	w1, w0, #0x18
	adrp	x30, table
	ldr	x30, [x30, w0, uxtw]
	blr	x30
	ldr	x30, [x13, #-8]!
	ret
