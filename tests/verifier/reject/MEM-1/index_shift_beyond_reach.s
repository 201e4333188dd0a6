// reject: MEM-1 @ 0x8
// why: 20 bits of double words are 8 MiB
	add	x1, x15, w1, uxtw
	ubfx	x2, x0, #0, #20
	ldr	x0, [x1, x2, lsl #3]
	ret
