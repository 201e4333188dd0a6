// reject: LBL-7 @ 0x0
// why: x1 was not guarded on this edge
// label: f x1:0
	cbz	x0, f
	add	x1, x15, w0, uxtw
f:
	ldr	x0, [x1]
	ret
