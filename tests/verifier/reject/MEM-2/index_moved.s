// reject: MEM-2 @ 0x8
// why: only the word itself is looked at
	ldrb	w3, [x15, w0, uxtw]
	mov	x2, x3
	ldrb	w0, [x15, x2]
	ret
