// reject: LBL-7 @ 0x0
// why: facts flow through the trap word, so its label is no exception
// label: f x1:0
	cbz	x0, f
	ret
f:
	ldur	xzr, [x15, #-8]
