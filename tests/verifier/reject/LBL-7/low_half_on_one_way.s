// reject: LBL-7 @ 0x0
// why: one of the two ways does not write x1
// profile: low
// label: f x1:0
	cbz	x0, f
	mov	w1, w1
f:	ret
