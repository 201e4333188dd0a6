// reject: LBL-7 @ 0xc
// why: of x1 nothing is known any more, though both labels say 8 bytes
// label: a x1:8
// label: b x1:8
	add	x1, x15, w0, uxtw
a:
	nop
	mov	x1, x2
	cbnz	x0, b
	nop
b:
	ret
