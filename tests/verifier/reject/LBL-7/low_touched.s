// reject: LBL-7 @ 0xc
// why: class 0 says that the register leans on no access
// profile: low
// label: f x1:0
	mov	w1, w1
	sub	x1, x1, #8
	ldr	x0, [x1]
	b	f
f:	ret
