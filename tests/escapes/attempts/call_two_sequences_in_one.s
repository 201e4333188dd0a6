// reject: CTL-5 @ 0x10
// why: the second sequence begins inside the first, whose load would run alone
// entry: f
f:
	bti	c
	str	x30, [x13], #8
	and	w1, w0, #0x18
	adrp	x30, table
	and	w1, w0, #0x18
	adrp	x30, table
	ldr	x30, [x30, w1, uxtw]
	blr	x30
	ldr	x30, [x13, #-8]!
	ret
