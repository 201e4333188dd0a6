// reject: LBL-7 @ 0x10
// why: the sum touched the window, and says nothing of its base
// profile: low
// label: f x1:0
	mov	w1, w1
	mov	w2, w2
	sub	x1, x1, #8
	ldr	x0, [x1, x2]
	b	f
f:	ret
