// SPDX-License-Identifier: GPL-2.0
// Words that keep writing 64 bits, because somebody could tell.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x30, x19, [sp, #-16]!
	mov	x19, x0
	mov	x0, x19
	bl	compared
	str	x0, [x19]
	mov	x0, x19
	bl	minus_one
	str	x0, [x19]
	mov	x0, x19
	bl	indexed
	str	x0, [x19]
	mov	x0, x19
	bl	tagged
	str	x0, [x19]
	mov	x0, x19
	bl	biased
	str	x0, [x19]
	mov	x0, x19
	bl	walked
	str	x0, [x19]
	mov	x0, x19
	bl	moved
	str	x0, [x19]
	mov	x0, x19
	bl	moved_a_copy
	str	x0, [x19]
	ldp	x30, x19, [sp], #16
	ret
	.size	f, .-f

	.globl	compared
	.type	compared, %function
compared:
	// Another number comes back as it was; where it is a pointer, a guard stands.
	ldr	x1, [x0, #8]
	cmp	x1, x2
	b.eq	1f
	ldr	w3, [x1, #8]
	str	w3, [x1, #12]
1:	mov	x0, x1
	ret
	.size	compared, .-compared

	.globl	minus_one
	.type	minus_one, %function
minus_one:
	ldr	x1, [x0, #8]
	cmn	x1, #1
	b.eq	1f
	ldr	w0, [x1, #8]
	ret
1:	mov	w0, #1
	ret
	.size	minus_one, .-minus_one

	.globl	indexed
	.type	indexed, %function
indexed:
	// The index may be below zero: the sum is one of low halves.
	ldr	x1, [x0, #8]
	ldr	x2, [x0, #16]
	ldr	w3, [x1, #4]
	ldr	w0, [x1, x2]
	add	w0, w0, w3
	ret
	.size	indexed, .-indexed

	.globl	tagged
	.type	tagged, %function
tagged:
	ldr	x1, [x0, #8]
	and	x2, x1, #0xffffffffffff
	ldr	w3, [x2, #8]
	lsr	x0, x1, #48
	add	w0, w0, w3
	ret
	.size	tagged, .-tagged

	.globl	biased
	.type	biased, %function
biased:
	// What is farther from the pointer than the bands are long lies outside the window, and is not put inside.
	ldr	x1, [x0, #8]
	str	x1, [x0, #16]
	add	x2, x1, #0x800, lsl #12
	ldr	w0, [x2, #8]
	ret
	.size	biased, .-biased

	.globl	walked
	.type	walked, %function
walked:
	// Each step is short, and how many there are nobody knows: what is compared may lie anywhere.
	ldp	x1, x2, [x0, #8]
	ldr	x3, [x0, #24]
1:	sub	x3, x3, #1, lsl #12
	cmp	x3, x2
	b.hi	1b
	ldr	w0, [x3, #8]
	ret
	.size	walked, .-walked

	.globl	moved
	.type	moved, %function
moved:
	// If the sum is null, what it is made of is not.
	ldr	x1, [x0, #8]
	add	x2, x1, #16
	cbz	x2, 1f
	ldr	w0, [x2, #8]
	ret
1:	mov	x0, x1
	ret
	.size	moved, .-moved

	.globl	moved_a_copy
	.type	moved_a_copy, %function
moved_a_copy:
	ldr	x1, [x0, #8]
	sub	x2, x1, #16
	mov	x3, x2
	cbnz	x3, 1f
	mov	x0, x1
	ret
1:	ldr	w0, [x3, #8]
	ret
	.size	moved_a_copy, .-moved_a_copy
