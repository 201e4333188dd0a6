// reject: LBL-7 @ 0x4
// why: a conditional branch is an edge too
// label: f x1:0
	add	x2, x15, w0, uxtw
	b.eq	f
	add	x1, x15, w0, uxtw
f:
	ldr	x0, [x1]
	ret
