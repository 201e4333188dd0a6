// accept
// why: one MiB less eight bytes outside, by eight bytes: lies in the band, faults
// entry: f
f:
	bti	c
	mov	w0, #-1
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xff8
	ldr	x0, [x1]
	ret
