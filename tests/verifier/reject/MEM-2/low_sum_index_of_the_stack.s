// reject: MEM-2 @ 0x4
// why: x14 may lie before the window
// profile: low
	mov	w1, w1
	ldr	x0, [x1, x14, lsl #3]
