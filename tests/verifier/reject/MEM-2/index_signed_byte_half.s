// reject: MEM-2 @ 0x4
// why: nor in half a register: it becomes 4 GiB
	ldrsb	w2, [x15, w0, uxtw]
	ldrb	w0, [x15, x2]
	ret
