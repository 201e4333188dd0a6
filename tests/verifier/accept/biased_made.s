// accept
// why: as far as an immediate goes, both ways; reading it is free, and it may have a fact like others
// flags: 2
	add	x9, x15, #4095
	ldr	x0, [x9, w1, uxtw]
	sub	x9, x15, #4095
	str	x0, [x9, w1, uxtw]
	add	x9, x15, #0
	mov	x2, x9
	ldr	x0, [x9, #8]
	ldr	x0, [x9, w9, uxtw]
	ret
