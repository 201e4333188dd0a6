// reject: REG-6 @ 0x8
// why: takes the link from memory that user space writes
// entry: f
f:
	bti	c
	stp	x29, x30, [x13], #16
	ldp	x29, x30, [x14], #16
	ret
