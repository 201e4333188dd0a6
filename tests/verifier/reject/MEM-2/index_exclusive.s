// reject: MEM-2 @ 0x8
// why: an exclusive load is none of the loads that are looked at
	add	x1, x15, w1, uxtw
	ldxrb	w2, [x1]
	ldrb	w0, [x15, x2]
	ret
