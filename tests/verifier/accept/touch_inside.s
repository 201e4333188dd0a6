// accept
// why: hi is -512 after [x1, #1024], -8 after [x1, #8]
// label: a x1:0
// label: b1 x2:0
// label: c x3:0
	add	x1, x15, w0, uxtw
	ldr	x0, [x1, #1024]
	add	x1, x1, #512
a:
	ldr	x0, [x1]
	add	x2, x15, w0, uxtw
	ldr	x0, [x2, #8]
	add	x2, x2, #8
b1:
	ldr	x0, [x2]
	add	x3, x15, w0, uxtw
	ldp	x0, x4, [x3, #-512]
	sub	x3, x3, #512
c:
	ldr	x0, [x3]
	ret
