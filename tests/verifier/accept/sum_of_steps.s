// accept
// why: up and down cancel
// label: f x1:0
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff0
	sub	x1, x1, #0xff0
f:
	ldr	x0, [x1]
	ret
