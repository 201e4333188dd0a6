// reject: LBL-7 @ 0x8
// why: x1 is 16 bytes farther than claimed
// label: f x1:8
	add	x1, x15, w0, uxtw
	add	x1, x1, #16
f:
	ldr	x0, [x1]
	ret
