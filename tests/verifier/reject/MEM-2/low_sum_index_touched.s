// reject: MEM-2 @ 0x10
// why: that [x2] did not fault is not sure while it still may: in the shadow x2 lies before the window
// profile: low
	mov	w1, w1
	mov	w2, w2
	sub	x2, x2, #8
	ldr	x0, [x2]
	ldr	x0, [x1, x2, lsl #3]
