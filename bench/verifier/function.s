// accept
// why: what a compiler and the rewriter write: a label every six words, an access every third
// label: f
// label: head x21:8 [x29,x30,x21,x22,x19,x20]
// label: skip x21,x0:8 [x29,x30,x21,x22,x19,x20]
// label: other x21:8 [x29,x30,x21,x22,x19,x20]
// label: join x21:8 [x29,x30,x21,x22,x19,x20]
// label: out [x29,x30,x21,x22,x19,x20]
// label: leaf
// label: loop x1,x2:8
// label: done
f:
	stp	x29, x30, [x13], #16
	stp	x21, x22, [x13], #16
	stp	x19, x20, [x13], #16
	sub	x14, x14, #64
	str	x1, [x14, #8]
	mov	x19, x0
	mov	w20, w1
	add	x21, x15, w0, uxtw
	ldr	x22, [x21, #16]
	cbz	x22, out
head:
	ldr	w0, [x21, #24]
	ldr	x8, [x21, #32]
	cmp	w0, w20
	b.gt	other
	add	x0, x15, w8, uxtw
	ldrb	w9, [x0, #3]
	ldrh	w10, [x0, #4]
	tbz	w9, #3, skip
	orr	w9, w9, #0x10
	strb	w9, [x0, #3]
	strh	w10, [x0, #6]
skip:
	ldr	x1, [x0, #8]
	lsl	x1, x1, #3
	madd	x1, x20, x8, x1
	str	x1, [x14, #16]
	bl	f
	ldr	x2, [x21, #40]
	cbnz	x2, join
other:
	add	x0, x19, x20, lsl #3
	ldr	x0, [x15, w0, uxtw]
	eor	x0, x0, x20
	str	x0, [x21, #48]
	bl	leaf
	ldp	x3, x4, [x21]
	sub	x3, x4, x3
	csel	x22, x3, x22, lo
join:
	subs	w20, w20, #1
	ubfx	x1, x22, #3, #9
	str	x1, [x21, #56]
	b.ne	head
out:
	mov	x0, x22
	ldr	x1, [x14, #8]
	add	x14, x14, #64
	ldp	x19, x20, [x13, #-16]!
	ldp	x21, x22, [x13, #-16]!
	ldp	x29, x30, [x13, #-16]!
	ret
leaf:
	mov	w3, wzr
	cbz	x0, done
	add	x1, x15, w0, uxtw
	add	x2, x15, w1, uxtw
loop:
	ldrb	w4, [x1], #1
	ldrb	w5, [x2], #1
	subs	w4, w4, w5
	b.eq	loop
	mov	w3, w4
done:
	mov	w0, w3
	ret
