// reject: LBL-7 @ 0x8
// why: each turn adds 8
// label: f x1:8
	add	x1, x15, w0, uxtw
f:
	add	x1, x1, #8
	cbnz	x0, f
	ret
