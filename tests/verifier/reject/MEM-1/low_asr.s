// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	asr	x1, x0, #1
	ldr	x2, [x1]
