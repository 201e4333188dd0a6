// reject: FRM-4 @ 0x4
// why: the link into x19: an address of the kernel
	stp	x19, x30, [x13], #16
	ldp	x30, x19, [x13, #-16]!
