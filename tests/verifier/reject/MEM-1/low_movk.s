// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	movk	x1, #7, lsl #16
	ldr	x2, [x1]
