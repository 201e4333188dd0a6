// reject: MEM-1 @ 0xc
// why: with free loads a load of kernel memory succeeds, so the loop's fact about the pointer is not there
// profile: stores
// entry: f
// label: loop
f:	bti	c
	mov	x2, #64
loop:	ldr	x1, [x0], #8
	str	xzr, [x0, #-8]
	sub	x2, x2, #1
	cbnz	x2, loop
	ret
