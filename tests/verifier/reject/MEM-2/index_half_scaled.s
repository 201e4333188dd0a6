// reject: MEM-2 @ 0x4
// why: half a register is scaled by no form of the table
	ldrb	w2, [x15, w0, uxtw]
	ldr	x0, [x15, w2, uxtw #3]
	ret
