// accept
// why: a label behind b may have facts
// label: f x1:0
// label: t x1:0
	add	x1, x15, w0, uxtw
	b	t
f:
	ldr	x0, [x1]
	b	t
t:
	cbz	x0, f
	ret
