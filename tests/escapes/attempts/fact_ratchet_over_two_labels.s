// reject: LBL-7 @ 0x18
// why: two labels that hand the register to each other, each with a wider claim than the other; the circle does not close
// entry: f
// label: one x1:1024
// label: two x1:2048
f:
	bti	c
	add	x1, x15, w0, uxtw
	add	x1, x1, #1024
one:
	add	x1, x1, #1024
two:
	ldr	x2, [x15, w3, uxtw]
	add	x1, x1, #8
	b	one
