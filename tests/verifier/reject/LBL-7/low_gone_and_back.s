// reject: LBL-7 @ 0xc
// why: what a step has lifted from below 0 is not firm
// profile: low
// label: f x1:0
	mov	w1, w1
	sub	x1, x1, #8
	add	x1, x1, #8
	b	f
f:	ret
