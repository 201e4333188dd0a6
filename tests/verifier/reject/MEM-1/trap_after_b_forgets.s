// reject: MEM-1 @ 0xc
// why: behind b nothing is known, and the trap word makes no facts
// label: f
	add	x1, x15, w0, uxtw
	b	f
	ldur	xzr, [x15, #-8]
	ldr	x0, [x1]
f:
	ret
