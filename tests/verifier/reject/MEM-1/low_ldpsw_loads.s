// reject: MEM-1 @ 0x8
// why: 64 bits come out of memory, or the sign of fewer fills them
// profile: low
	mov	w3, w3
	ldpsw	x1, x2, [x3]
	ldr	x2, [x1]
