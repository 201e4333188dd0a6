// accept
// why: no guard inside the loop
// label: f x1:8
	add	x1, x15, w0, uxtw
f:
	ldr	x2, [x1], #8
	cbnz	x2, f
	ret
