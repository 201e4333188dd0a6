// SPDX-License-Identifier: GPL-2.0
// A copy in a saved register keeps the fact of what it was copied from over a call. A copy whose first register
// is tested for null, or of which only one is accessed, is left alone.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x29, x30, [sp, #-32]!
	stp	x19, x20, [sp, #16]
	mov	x19, x0
	mov	x20, x1
	ldr	w3, [x0, #4]
	str	w3, [x2, #8]
	mov	x0, x3
	bl	g
	ldr	w0, [x19, #8]
	cbz	x20, 1f
	ldr	w1, [x20, #8]
1:	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #32
	ret
	.size	f, . - f
	.type	g, %function
g:
	mov	x1, x0
	cbz	x0, 1f
	ldr	w2, [x0, #4]
	ldr	w3, [x1, #8]
1:	mov	x4, x1
	ldr	w5, [x1, #12]
	ret
	.size	g, . - g
