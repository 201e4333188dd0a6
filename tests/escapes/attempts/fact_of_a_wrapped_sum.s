// reject: MEM-1 @ 0x404
// why: 256 steps of 16 MiB less 4 KiB; a bound of 32 bits would come back to a small number
// entry: f
f:
	bti	c
	add	x1, x15, w0, uxtw
.rept 255
	add	x1, x1, #0xfff, lsl #12
.endr
	ldr	x0, [x1]
	ret
