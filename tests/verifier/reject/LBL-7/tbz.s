// reject: LBL-7 @ 0x0
// why: a bit test is an edge too
// label: f x1:0
	tbz	x0, #3, f
	add	x1, x15, w0, uxtw
f:
	ldr	x0, [x1]
	ret
