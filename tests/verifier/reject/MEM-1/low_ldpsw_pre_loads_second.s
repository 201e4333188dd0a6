// reject: MEM-1 @ 0x8
// why: the second register has 64 bits like the first
// profile: low
	mov	w3, w3
	ldpsw	x1, x2, [x3, #8]!
	ldr	x1, [x2]
