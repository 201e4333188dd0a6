// reject: MEM-1 @ 0x4
// why: x15 less 1 MiB and the size
	sub	x1, x15, #0x100, lsl #12
	ldr	x0, [x1]
