// accept
// why: the label stands at the word that makes the index
// label: f x1:8
	add	x1, x15, w1, uxtw
f:
	ldrb	w2, [x1], #1
	ldrb	w0, [x15, x2]
	cbnz	w0, f
	ret
