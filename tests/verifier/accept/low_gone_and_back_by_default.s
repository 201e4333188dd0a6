// accept
// why: elsewhere a step down and up again is none
// profile: uxtw
// label: f x1:0
	add	x1, x15, w0, uxtw
	sub	x1, x1, #8
	add	x1, x1, #8
f:	ldr	x0, [x1]
	ret
