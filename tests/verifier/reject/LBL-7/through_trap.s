// reject: LBL-7 @ 0x4
// why: facts flow through the trap word, and there was none
// label: f x1:0
	ldur	xzr, [x15, #-8]
f:
	ldr	x0, [x1]
	ret
