// accept
// why: a load of up to 32 bits that does not extend their sign to 64 clears the upper half
// profile: low
// entry: start
start:	bti	c
	mov	w6, w0
	mov	w3, w0
	ldr	w1, [x3]
	ldr	x1, [x1]
	mov	w3, w0
	ldrb	w1, [x3, #1]
	ldr	x1, [x1]
	mov	w3, w0
	ldrh	w1, [x3, #2]
	ldr	x1, [x1]
	mov	w3, w0
	ldrsb	w1, [x3, #1]
	ldr	x1, [x1]
	mov	w3, w0
	ldrsh	w1, [x3, #2]
	ldr	x1, [x1]
	mov	w3, w0
	ldur	w1, [x3, #-4]
	ldr	x1, [x1]
	mov	w3, w0
	ldurb	w1, [x3, #-1]
	ldr	x1, [x1]
	mov	w3, w0
	ldurh	w1, [x3, #-2]
	ldr	x1, [x1]
	mov	w3, w0
	ldursb	w1, [x3, #-1]
	ldr	x1, [x1]
	mov	w3, w0
	ldursh	w1, [x3, #-2]
	ldr	x1, [x1]
	mov	w3, w0
	ldr	w1, [x3], #4
	ldr	x1, [x1]
	mov	w3, w0
	ldrb	w1, [x3], #1
	ldr	x1, [x1]
	mov	w3, w0
	ldrsh	w1, [x3], #2
	ldr	x1, [x1]
	mov	w3, w0
	ldr	w1, [x3, #-4]!
	ldr	x1, [x1]
	mov	w3, w0
	ldrh	w1, [x3, #-2]!
	ldr	x1, [x1]
	mov	w3, w0
	ldrsb	w1, [x3, #-1]!
	ldr	x1, [x1]
	mov	w3, w0
	ldr	w1, [x15, w5, uxtw]
	ldr	x1, [x1]
	mov	w3, w0
	ldrh	w1, [x15, w5, uxtw]
	ldr	x1, [x1]
	mov	w3, w0
	ldrsb	w1, [x15, w5, uxtw]
	ldr	x1, [x1]
	mov	w3, w0
	ldr	w1, [x3, x6]
	ldr	x1, [x1]
	mov	w3, w0
	ldr	w1, [x3, x6, lsl #2]
	ldr	x1, [x1]
	mov	w3, w0
	ldrb	w1, [x3, x6]
	ldr	x1, [x1]
	mov	w3, w0
	ldrsh	w1, [x3, x6, lsl #1]
	ldr	x1, [x1]
	mov	w3, w0
	ldp	w1, w2, [x3, #8]
	ldr	x1, [x1]
	ldr	x2, [x2]
	mov	w3, w0
	ldnp	w1, w2, [x3]
	ldr	x1, [x1]
	ldr	x2, [x2]
	mov	w3, w0
	ldp	w1, w2, [x3], #8
	ldr	x1, [x1]
	ldr	x2, [x2]
	mov	w3, w0
	ldp	w1, w2, [x3, #-8]!
	ldr	x1, [x1]
	ldr	x2, [x2]
	ret
