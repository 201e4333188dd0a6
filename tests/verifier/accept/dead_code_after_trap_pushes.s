// accept
// why: behind a labelled trap word nothing is pushed, and pushing is fine
// label: t [x19]
	b	t
t:
	ldur	xzr, [x15, #-8]
	stp	x19, x30, [x13], #16
	ldp	x19, x30, [x13, #-16]!
	ret
