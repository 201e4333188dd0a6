// accept
// why: the biased base in another profile
// profile: movk
// flags: 2
	add	x9, x15, #16
	str	x0, [x9, w1, uxtw]
	ldr	x0, [x9, w1, uxtw]
	ret
