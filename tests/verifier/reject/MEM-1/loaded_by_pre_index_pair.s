// reject: MEM-1 @ 0x8
// why: write-back makes a fact about x1, and none about the second register of the pair
	add	x1, x15, w0, uxtw
	ldp	x0, x3, [x1, #16]!
	ldr	x2, [x3]
	ret
