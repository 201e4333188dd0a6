// reject: MEM-1 @ 0x10
// why: a half has 16 bits: the farthest byte ends 1 MiB and a byte outside
	add	x1, x15, w1, uxtw
	add	x1, x1, #0xf0, lsl #12
	add	x1, x1, #0x1
	ldrh	w2, [x15, w0, uxtw]
	ldrb	w0, [x1, x2]
	ret
