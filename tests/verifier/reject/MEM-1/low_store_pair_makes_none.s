// reject: MEM-1 @ 0x8
// why: what a word reads as 32 bits keeps its upper half
// profile: low
	mov	w3, w3
	stp	w1, w2, [x3]
	ldr	x0, [x2]
