// reject: MEM-2 @ 0x14
// why: both may lie before the window, together a byte farther than 1 MiB
// profile: low
	mov	w1, w1
	mov	w2, w2
	sub	x1, x1, #0x80, lsl #12
	sub	x2, x2, #0x80, lsl #12
	sub	x2, x2, #1
	ldr	x0, [x1, x2]
