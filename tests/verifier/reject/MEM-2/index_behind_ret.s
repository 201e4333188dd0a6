// reject: MEM-2 @ 0x8
// why: what runs past a return comes from elsewhere
	ldrb	w2, [x15, w0, uxtw]
	ret
	ldrb	w0, [x15, x2]
	ret
