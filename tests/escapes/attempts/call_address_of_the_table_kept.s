// reject: CTL-5 @ 0x10
// why: adrp alone leaves an address of the kernel's code in x30, to be pushed and told
// entry: f
f:
	bti	c
	str	x30, [x13], #8
	and	w1, w0, #0x18
	adrp	x30, table
	ldr	x30, [x13, #-8]!
	ret
