// reject: MEM-1 @ 0xc
// why: -1 with its sign is an address of the kernel: of what ldrsw brings the sign fills the upper half
// profile: low
// entry: f
f:	bti	c
	mov	w1, w0
	ldrsw	x1, [x1]
	str	x0, [x1]
	ret
