// reject: MEM-1 @ 0x8
// why: 1 MiB and no more
// profile: low
	mov	w1, w1
	add	x1, x1, #0xff, lsl #12
	ldr	x0, [x1, #4096]
