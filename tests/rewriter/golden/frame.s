// SPDX-License-Identifier: GPL-2.0
// The compiler's saves go to the shadow stack; locals stay on the data stack, and leaving touches the frame.
	.text
	.globl	f
	.type	f, %function
f:
	sub	sp, sp, #64
	stp	x29, x30, [sp, #32]
	stp	x20, x19, [sp, #48]
	mov	x19, x0
	str	x1, [sp, #8]
	add	x0, sp, #8
	bl	g
	ldr	x20, [x19, #16]
	add	x0, x0, x20
	ldp	x20, x19, [sp, #48]
	ldp	x29, x30, [sp, #32]
	add	sp, sp, #64
	ret
	.type	g, %function
g:	ldr	x0, [x0]
	ret
	.size	f, . - f
