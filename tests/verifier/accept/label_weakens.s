// accept
// why: a label may claim less than flows in
// label: f x1:524288
	add	x1, x15, w0, uxtw
f:
	ldr	x0, [x1]
	ret
