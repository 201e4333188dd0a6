// reject: LBL-7 @ 0x8
// why: 64 bits are no address of the window
// profile: low
// label: f x1:0
	mov	w1, w1
	ldr	x1, [x15, w1, uxtw]
	b	f
f:	ret
