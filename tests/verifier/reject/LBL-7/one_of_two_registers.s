// reject: LBL-7 @ 0x4
// why: x2 has no fact
// label: f x1,x2:0
	add	x1, x15, w0, uxtw
f:
	ldr	x0, [x1]
	ret
