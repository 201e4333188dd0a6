// accept
// why: without the flag x9 is a register like others
	mov	x9, x0
	add	x9, x15, w9, uxtw
	ldr	x0, [x9], #8
	ret
