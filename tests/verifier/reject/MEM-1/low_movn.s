// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	mov	x1, #-5
	ldr	x2, [x1]
