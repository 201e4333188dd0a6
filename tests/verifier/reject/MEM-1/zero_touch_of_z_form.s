// reject: MEM-1 @ 0xc
// why: form Z makes no fact about its index
	ldr	x0, [x15, w1, uxtw]
	nop
	nop
	ldr	x0, [x1]
