// reject: FRM-4 @ 0x4
// why: the link into x19: an address of the kernel
	str	x30, [x13], #8
	ldr	x19, [x13, #-8]!
