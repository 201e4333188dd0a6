// reject: MEM-1 @ 0x10
// why: the callee was given a guarded x0 and gives back its own
// entry: f
// label: g x0:0
f:
	bti	c
	str	x30, [x13], #8
	add	x0, x15, w0, uxtw
	bl	g
	ldr	x1, [x0]
	ldr	x30, [x13, #-8]!
	ret
g:
	mov	x0, #-1
	ret
