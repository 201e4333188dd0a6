// reject: LBL-7 @ 0x4
// why: edges into the trap word need not agree on lists, on facts they do
// entry: f
// label: t x0:0
f:
	bti	c
	cbz	x0, t
	ret
t:
	ldur	xzr, [x15, #-8]
	ldr	x1, [x0]
	ret
