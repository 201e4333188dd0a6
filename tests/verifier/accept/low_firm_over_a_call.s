// accept
// why: saved registers keep what is known of them
// profile: low
// entry: start
// label: f
start:	bti	c
	stp	x19, x30, [x13], #16
	ldr	w19, [x15, w0, uxtw]
	bl	f
	mov	w1, w0
	ldr	x0, [x1, x19, lsl #3]
	ldr	x0, [x19]
	ldp	x19, x30, [x13, #-16]!
	ret
f:	ret
