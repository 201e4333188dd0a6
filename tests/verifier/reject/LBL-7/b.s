// reject: LBL-7 @ 0x0
// why: b is an edge too
// label: f x1:0
	b	f
	ldur	xzr, [x15, #-8]
f:
	ldr	x0, [x1]
	ret
