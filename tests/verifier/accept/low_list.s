// accept
// why: a list is walked by loads of 32 bits, with no guard; a load into its own base is one
// profile: low
// entry: start
// label: loop x0:0
start:	bti	c
	mov	w0, w0
loop:	ldr	w0, [x0, #8]
	cbnz	x0, loop
	ret
