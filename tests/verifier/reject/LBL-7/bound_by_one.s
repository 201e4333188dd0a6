// reject: LBL-7 @ 0x8
// why: one byte more than claimed
// label: f x1:8
	add	x1, x15, w0, uxtw
	add	x1, x1, #9
f:
	ldr	x0, [x1]
	ret
