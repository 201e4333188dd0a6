// reject: MEM-2 @ 0x4
// why: so may what is shifted as a number with sign
	asr	x2, x0, #60
	ldrb	w0, [x15, x2]
	ret
