// reject: MEM-1 @ 0x8
// why: 20 bits of bytes are 1 MiB but one, and a word is longer than that
	add	x1, x15, w1, uxtw
	ubfx	x2, x0, #0, #20
	ldr	w0, [x1, x2]
	ret
