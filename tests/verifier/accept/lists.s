// accept
// why: pushes one by one, popped in pairs, and the other way
// label: f [x29,x30,x27,x28,x25,x26,x23,x24,x21,x22,x19,x20]
	str	x19, [x13], #8
	str	x20, [x13], #8
	ldp	x19, x20, [x13, #-16]!
	stp	x20, x19, [x13], #16
	ldr	x19, [x13, #-8]!
	ldr	x20, [x13, #-8]!
	stp	x29, x30, [x13], #16
	stp	x27, x28, [x13], #16
	stp	x25, x26, [x13], #16
	stp	x23, x24, [x13], #16
	stp	x21, x22, [x13], #16
	stp	x19, x20, [x13], #16
f:
	mov	x19, x0
	mov	x29, x0
	ldp	x19, x20, [x13, #-16]!
	ldp	x21, x22, [x13, #-16]!
	ldp	x23, x24, [x13, #-16]!
	ldp	x25, x26, [x13, #-16]!
	ldp	x27, x28, [x13, #-16]!
	ldp	x29, x30, [x13, #-16]!
	ret
