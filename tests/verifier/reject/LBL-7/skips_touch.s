// reject: LBL-7 @ 0x8
// why: the branch skips the access that made the fact
// label: f x1:0
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff0
	cbz	x0, f
	ldr	x0, [x1]
f:
	ldr	x0, [x1]
	ret
