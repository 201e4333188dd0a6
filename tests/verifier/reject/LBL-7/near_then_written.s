// reject: LBL-7 @ 0xc
// why: x1 is not what the label before said any more, though both say 8 bytes
// label: a x1:8
// label: b x1:8
	add	x1, x15, w0, uxtw
a:
	nop
	add	x1, x1, #16
	cbnz	x0, b
	nop
b:
	ret
