// reject: LBL-7 @ 0xc
// why: a store-exclusive makes no fact
// label: f x1:0
	add	x1, x15, w0, uxtw
	add	x1, x1, #16
	stlxp	w0, x2, x3, [x1]
f:
	ldr	x0, [x1]
	ret
