// reject: LBL-7 @ 0x8
// why: the step comes after the access
// label: f x1:0
	add	x1, x15, w0, uxtw
	ldr	x0, [x1], #8
f:
	ldr	x0, [x1]
	ret
