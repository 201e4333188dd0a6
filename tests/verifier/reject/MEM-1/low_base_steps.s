// reject: MEM-1 @ 0x8
// why: the base has stepped out of reach, whatever was loaded
// profile: low
	mov	w1, w1
	sub	x1, x1, #0x100, lsl #12
	ldr	w0, [x1, #-1]!
