// reject: LBL-7 @ 0xc
// why: [x1, #-16] says that x1 - 16 is inside, x1 may be 16 above
// label: f x1:8
	add	x1, x15, w0, uxtw
	add	x1, x1, #32
	ldur	x0, [x1, #-16]
f:
	ldr	x0, [x1]
	ret
