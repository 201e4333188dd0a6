// accept
// why: a tail call with nothing pushed
// entry: f
// entry: g
f:
	bti	c
	stp	x29, x30, [x13], #16
	ldp	x29, x30, [x13, #-16]!
	b	g
g:
	bti	c
	ret
