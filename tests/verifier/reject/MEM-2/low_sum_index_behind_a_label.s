// reject: MEM-2 @ 0xc
// why: eight bytes of slack are eight bytes before the window
// profile: low
// label: f x1,x2:8
	mov	w1, w1
	mov	w2, w2
	nop
f:	ldr	x0, [x1, x2, lsl #3]
