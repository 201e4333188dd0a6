// reject: FRM-2 @ 0x4
// why: the mask into a saved register that is not pushed
	str	x30, [x13], #8
	and	w19, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w19, uxtw]
	blr	x30
