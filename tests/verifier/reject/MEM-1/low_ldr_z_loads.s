// reject: MEM-1 @ 0x8
// why: 64 bits come out of memory, or the sign of fewer fills them
// profile: low
	mov	w3, w3
	ldr	x1, [x15, w3, uxtw]
	ldr	x2, [x1]
