// accept
// why: behind b and trap word nothing is pushed, x14 is as from afar
// entry: g
// label: f x14:4096 [x30]
	str	x30, [x13], #8
	sub	x14, x14, #2048
	b	f
	ldur	xzr, [x15, #-8]
g:
	bti	c
	ret
f:
	add	x14, x15, w14, uxtw
	ldr	x30, [x13, #-8]!
	ret
