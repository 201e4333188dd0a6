// reject: MEM-2 @ 0x14
// why: from -1 MiB a shift by 3 leads into the kernel's fixed mappings, 8 MiB below 0
// profile: low
// entry: f
f:	bti	c
	mov	w1, w0
	mov	w2, w0
	sub	x2, x2, #0xff, lsl #12
	sub	x2, x2, #0xff8
	ldr	x0, [x1, x2, lsl #3]
	ret
