// reject: MEM-2 @ 0x4
// why: a double word is no small number
	ldr	x2, [x15, w0, uxtw]
	ldrb	w0, [x15, x2]
	ret
