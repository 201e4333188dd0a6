// reject: MEM-2 @ 0x8
// why: the sign of half a register may lead before the window
// profile: low
	mov	w1, w1
	mov	w2, w2
	ldr	x0, [x1, w2, sxtw]
