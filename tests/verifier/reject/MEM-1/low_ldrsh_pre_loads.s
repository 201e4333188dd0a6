// reject: MEM-1 @ 0x8
// why: 64 bits come out of memory, or the sign of fewer fills them
// profile: low
	mov	w3, w3
	ldrsh	x1, [x3, #2]!
	ldr	x2, [x1]
