// reject: MEM-2 @ 0x4
// why: of register 31 nobody knows anything
// profile: low
	mov	w1, w1
	ldr	x0, [x1, xzr]
