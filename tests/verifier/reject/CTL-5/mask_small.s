// reject: CTL-5 @ 0x4
// why: the mask of a smaller table: it must be exactly this one's
// target: f
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
	ldr	x30, [x13, #-8]!
	ret
f:
	bti	c
	ret
