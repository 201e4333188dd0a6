// reject: MEM-2 @ 0x4
// why: nor is bic by a register a mask
	bic	w2, w0, w3
	ldrb	w0, [x15, x2]
	ret
