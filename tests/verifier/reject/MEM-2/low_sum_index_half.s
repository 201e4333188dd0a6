// reject: MEM-2 @ 0x8
// why: the form is not in the table but by the window
// profile: low
	mov	w1, w1
	mov	w2, w2
	ldr	x0, [x1, w2, uxtw]
