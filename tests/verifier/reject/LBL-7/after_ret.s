// reject: LBL-7 @ 0x4
// why: behind ret nothing is known
// label: f x0:0
	ret
f:
	ldr	x1, [x0]
	ret
