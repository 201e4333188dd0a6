// reject: FRM-6 @ 0x4
// why: the function's own link is lost
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
	ret
