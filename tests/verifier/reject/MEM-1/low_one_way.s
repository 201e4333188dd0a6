// reject: MEM-1 @ 0x8
// why: the label claims nothing of x1, which one of the two ways leaves as it was
// profile: low
// label: f
	cbz	x0, f
	mov	w1, w1
f:	ldr	x0, [x1]
