// accept
// why: the trap word may follow b, and a function it
// entry: f
	b	f
	ldur	xzr, [x15, #-8]
f:
	bti	c
	ret
