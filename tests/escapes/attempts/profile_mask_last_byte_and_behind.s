// accept
// why: harmless: from the last byte of the window an offset leads into its band, and the access faults
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	mov	x0, #0xffff
	and	x0, x0, #0xffff
	add	x0, x15, x0
	ldrb	w1, [x0]
	ldrb	w1, [x0, #1]
	ldr	x1, [x0, #32760]
	ldur	x1, [x0, #-256]
	ret
