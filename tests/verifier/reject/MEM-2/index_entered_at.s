// reject: MEM-2 @ 0xc
// why: the label stands at the access itself
// label: f x1:0
	add	x1, x15, w1, uxtw
	cbz	x2, f
	ldrb	w2, [x15, w0, uxtw]
f:
	ldrb	w0, [x1, x2]
	ret
