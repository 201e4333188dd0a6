// reject: LBL-6 @ 0x10
// why: a branch to the second word comes with any index
// entry: f
// label: second [x30]
f:
	bti	c
	str	x30, [x13], #8
	cbz	x0, second
	and	w1, w0, #0x18
second:
	adrp	x30, table
	ldr	x30, [x30, w1, uxtw]
	blr	x30
	ldr	x30, [x13, #-8]!
	ret
