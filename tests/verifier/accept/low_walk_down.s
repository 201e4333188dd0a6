// accept
// why: down a row: an access proves that the register is not below 0, for all but indices
// profile: low
// entry: start
// label: loop x1:8
start:	bti	c
	add	x1, x15, w0, uxtw
loop:	ldr	x2, [x1, #-8]!
	cbnz	x2, loop
	ret
