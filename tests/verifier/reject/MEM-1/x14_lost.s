// reject: MEM-1 @ 0x4
// why: x14 lost its bound
	mov	x14, x0
	str	x0, [x14]
