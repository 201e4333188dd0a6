// accept
// why: a gate, then a guard again
// import: heap_grow
	str	x30, [x13], #8
	bl	gate0
	add	x0, x15, w0, uxtw
	ldr	x0, [x0]
	ldr	x30, [x13, #-8]!
	ret
