// accept
// why: seven words lie between, a branch away among them
// label: f
	add	x1, x15, w1, uxtw
	ldrb	w2, [x15, w0, uxtw]
	nop
	nop
	nop
	cbz	x3, f
	nop
	nop
	nop
	ldrb	w0, [x1, x2]
f:
	ret
