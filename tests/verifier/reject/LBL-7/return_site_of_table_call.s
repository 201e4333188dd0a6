// reject: LBL-7 @ 0x14
// why: behind a call nothing is known of x1
// label: f x1:0 [x30]
	str	x30, [x13], #8
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
f:
	ldr	x0, [x1]
	ldr	x30, [x13, #-8]!
	ret
