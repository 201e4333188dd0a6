// reject: MEM-1 @ 0x8
// why: movk is no guard in this profile
	movk	x1, #0xffff, lsl #32
	movk	x1, #0xffff, lsl #48
	ldr	x0, [x1]
