// accept
// why: a call that does not return, the trap word, the next function
// entry: f
// entry: g
// import: abort
f:
	bti	c
	str	x30, [x13], #8
	bl	gate0
	ldur	xzr, [x15, #-8]
g:
	bti	c
	ret
