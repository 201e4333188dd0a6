// reject: LBL-7 @ 0xc
// why: the label before lets x1 be 8 bytes outside, this one does not
// label: a x1:8
// label: b x1:0
	add	x1, x15, w0, uxtw
	add	x1, x1, #8
a:
	nop
	cbnz	x0, b
	nop
b:
	ret
