// reject: LBL-7 @ 0xc
// why: a prefetch makes no fact
// label: f x1:0
	add	x1, x15, w0, uxtw
	add	x1, x1, #16
	prfum	pldl1keep, [x1]
f:
	ldr	x0, [x1]
	ret
