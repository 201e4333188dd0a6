// reject: MEM-2 @ 0x1c
// why: each of the two may lie 1 MiB below 0, and both together do
// profile: low
// entry: f
f:	bti	c
	mov	w1, w0
	mov	w2, w0
	sub	x1, x1, #0xff, lsl #12
	sub	x1, x1, #0xff8
	sub	x2, x2, #0xff, lsl #12
	sub	x2, x2, #0xff8
	ldr	x0, [x1, x2]
	ret
