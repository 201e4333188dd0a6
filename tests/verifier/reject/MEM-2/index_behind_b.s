// reject: MEM-2 @ 0xc
// why: nothing comes from the word before b
// label: f
	ldrb	w2, [x15, w0, uxtw]
	b	f
	ldur	xzr, [x15, #-8]
	ldrb	w0, [x15, x2]
f:
	ret
