// accept
// why: conditional branches to a trap word
// entry: f
// label: t
f:
	bti	c
	b.eq	t
	tbz	x0, #5, t
	cbnz	w0, t
	ret
t:
	ldur	xzr, [x15, #-8]
