// reject: MEM-2 @ 0x10
// why: a callee may write it
// label: f
	str	x30, [x13], #8
	ldrb	w2, [x15, w0, uxtw]
	bl	f
	nop
	ldrb	w0, [x15, x2]
	ldr	x30, [x13, #-8]!
	ret
f:
	ret
