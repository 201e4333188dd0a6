// accept
// why: up a row an access proves what it does everywhere
// profile: low
// entry: start
// label: loop x1:8
start:	bti	c
	mov	w1, w0
loop:	ldr	x2, [x1], #8
	cbnz	x2, loop
	ret
