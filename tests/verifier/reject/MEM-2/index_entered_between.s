// reject: MEM-2 @ 0x10
// why: a branch to the label skips the word that makes it small
// label: f x1:0
	add	x1, x15, w1, uxtw
	cbz	x2, f
	ldrb	w2, [x15, w0, uxtw]
f:
	nop
	ldrb	w0, [x1, x2]
	ret
