// reject: LBL-7 @ 0xc
// why: the label before says 8 bytes of x1 and nothing of x2, which is 16 bytes outside
// label: a x1:8
// label: b x1:8 x2:8
	add	x1, x15, w0, uxtw
a:
	add	x2, x15, w0, uxtw
	add	x2, x2, #16
	cbnz	x0, b
	nop
b:
	ret
