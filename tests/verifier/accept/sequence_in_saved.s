// accept
// why: the mask in a pushed register
	stp	x19, x30, [x13], #16
	and	w19, wzr, #8
	adrp	x30, table
	ldr	x30, [x30, w19, uxtw]
	blr	x30
	ldp	x19, x30, [x13, #-16]!
	ret
