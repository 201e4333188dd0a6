// reject: MEM-2 @ 0x8
// why: what is written into register 31 is gone
// profile: low
	mov	w1, w1
	ldr	wzr, [x1]
	ldr	x0, [x1, xzr]
