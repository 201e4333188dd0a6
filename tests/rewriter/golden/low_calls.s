// SPDX-License-Identifier: GPL-2.0
// What is accessed behind a call is a pointer only if the call comes back: before it may be any number, and whoever is called may tell
// all of it. And what a call leaves in a register is not what the words of the function have written there.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x30, x19, [sp, #-16]!
	mov	x19, x1
	mov	x0, x19
	bl	told
	mov	x0, x19
	bl	unseen
	mov	x0, x19
	bl	returned
	mov	x0, x19
	bl	wall
	ldp	x30, x19, [sp], #16
	ret
	.size	f, .-f

	// Need not come back.
	.globl	number
	.type	number, %function
number:
	lsr	x0, x0, #3
	ret
	.size	number, .-number

	.globl	told
	.type	told, %function
told:
	stp	x30, x19, [sp, #-16]!
	ldr	x19, [x0, #8]
	mov	x0, x19
	bl	number
	ldr	w0, [x19, #8]
	ldp	x30, x19, [sp], #16
	ret
	.size	told, .-told

	.globl	unseen
	.type	unseen, %function
unseen:
	// Only behind the call somebody reads all of it.
	stp	x30, x19, [sp, #-16]!
	ldr	x19, [x0, #8]
	mov	x0, #5
	bl	number
	ldr	w0, [x19, #8]
	add	x0, x0, x19
	ldp	x30, x19, [sp], #16
	ret
	.size	unseen, .-unseen

	.globl	returned
	.type	returned, %function
returned:
	// x0 is small where it is passed, and a pointer where it comes back; x19 is what may be below zero.
	stp	x30, x19, [sp, #-16]!
	ldr	x19, [x1, #8]
	and	x0, x2, #0xff
	bl	number
	ldr	w1, [x0, #4]
	ldr	w2, [x0, x19]
	add	w1, w1, w2
	and	w0, w1, #0xff
	ldp	x30, x19, [sp], #16
	ret
	.size	returned, .-returned

	.globl	wall
	.type	wall, %function
wall:
	// An index of 3 MiB and a constant of 1 MiB come to as much as there is between 0 and the first byte in use.
	ldr	x1, [x0, #8]
	and	x3, x2, #0x7ffff
	str	x1, [x0, #16]
	add	x12, x1, #0x100, lsl #12
	str	w2, [x0, #24]
	str	w2, [x0, #28]
	str	w2, [x0, #32]
	str	w2, [x0, #36]
	str	w2, [x0, #40]
	str	w2, [x0, #44]
	str	w2, [x0, #48]
	ldr	x0, [x12, x3, lsl #3]
	ret
	.size	wall, .-wall
