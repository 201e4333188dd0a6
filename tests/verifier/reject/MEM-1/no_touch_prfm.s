// reject: MEM-1 @ 0x10
// why: it may not fault, so it proves nothing about the address
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff0
	prfm	pldl1keep, [x1]
	add	x1, x1, #0xff, lsl #12
	ldr	x4, [x1, #16]
