// accept
// why: pushed, popped, pushed again
	str	x19, [x13], #8
	mov	x19, x0
	ldr	x19, [x13, #-8]!
	str	x19, [x13], #8
	mov	x19, x1
	ldr	x19, [x13, #-8]!
	ret
