// accept
// why: the first word of a sequence may have a label
// label: s [x30]
// label: r [x30]
	str	x30, [x13], #8
	cbz	x0, s
	mov	x1, x0
s:
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
r:
	ldr	x30, [x13, #-8]!
	ret
