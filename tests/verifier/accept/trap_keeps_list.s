// accept
// why: behind a trap word without a label the list goes on
// import: abort
// label: g [x30]
	str	x30, [x13], #8
	bl	gate0
	ldur	xzr, [x15, #-8]
g:
	ldr	x30, [x13, #-8]!
	ret
