// reject: INS-1 @ 0x8
// why: the first refusal is the one that is reported, at its own offset
	nop
	mov	x0, x1
	udf	#0
