// reject: LBL-7 @ 0x10
// why: 4,097 below the window: too far for a fact
// label: f x1:0
	add	x1, x15, w0, uxtw
	sub	x1, x1, #0xfff
	sub	x1, x1, #2
	ldr	x0, [x1]
f:
	ldr	x0, [x1]
	ret
