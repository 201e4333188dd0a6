// reject: LBL-6 @ 0xc
// why: a branch to it enters the sequence behind the mask
// label: s+8 [x30]
	str	x30, [x13], #8
s:
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
	ldr	x30, [x13, #-8]!
	ret
