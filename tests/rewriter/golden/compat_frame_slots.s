// SPDX-License-Identifier: GPL-2.0
// The call changes every register but x13 and takes an argument on the stack, and all saved registers are in use: x13 is
// kept at the top of the frame, which is made larger, and the caller's own argument on the stack lies farther away.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x29, x30, [sp, #-112]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	ldr	x19, [sp, #112]
	ldp	x20, x21, [x0]
	ldp	x22, x23, [x0, #16]
	ldp	x24, x25, [x0, #32]
	ldp	x26, x27, [x0, #48]
	ldr	x28, [x0, #64]
	add	x13, x0, x1
	str	x13, [sp, #-16]!
	bl	g
	add	sp, sp, #16
	add	x0, x13, x19
	add	x20, x20, x21
	add	x22, x22, x23
	add	x24, x24, x25
	add	x26, x26, x27
	add	x0, x0, x20
	add	x22, x22, x24
	add	x26, x26, x28
	add	x0, x0, x22
	add	x0, x0, x26
	ldp	x27, x28, [sp, #80]
	ldp	x25, x26, [sp, #64]
	ldp	x23, x24, [sp, #48]
	ldp	x21, x22, [sp, #32]
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #112
	ret
	.size	f, . - f

	.globl	g
	.type	g, %function
g:
	ldr	x0, [sp]
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 16, 17
	add	x\n, x0, #\n
	.endr
	ret
	.size	g, . - g
