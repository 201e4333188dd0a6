// SPDX-License-Identifier: GPL-2.0
// Words that make what has no upper half write 32 bits, so that accesses by it stay as they are; and words that look like it, and may
// lose a carry or a sign.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x30, x19, [sp, #-16]!
	mov	x19, x0
	mov	x0, x19
	bl	up
	mov	x0, x19
	bl	unseen
	mov	x0, x19
	bl	far
	mov	x0, x19
	bl	down
	mov	x0, x19
	bl	down_seen
	str	x0, [x19]
	mov	x0, x19
	bl	down_kept
	mov	x0, x19
	bl	down_on
	mov	x0, x19
	bl	extended
	mov	x0, x19
	bl	fields
	mov	x0, x19
	bl	before
	mov	x0, x19
	bl	chosen
	ldp	x30, x19, [sp], #16
	ret
	.size	f, .-f

	.globl	up
	.type	up, %function
up:				// An index that was accessed by in each turn.
	ldr	x3, [x0, #8]
	mov	x1, xzr
1:
	ldrb	w4, [x0, x1]
	add	x1, x1, #1
	add	x3, x3, x4
	cmp	x1, x2
	b.lo	1b
	mov	x0, x3
	ret
	.size	up, .-up

	.globl	unseen
	.type	unseen, %function
unseen:				// In some turns it was not: a carry may come.
	ldr	x3, [x0, #8]
	mov	x1, xzr
1:
	tbz	x2, #0, 2f
	ldrb	w4, [x0, x1]
	add	x3, x3, x4
2:
	add	x1, x1, #1
	sub	x2, x2, #1
	cbnz	x2, 1b
	add	x0, x3, x1
	ret
	.size	unseen, .-unseen

	.globl	far
	.type	far, %function
far:				// Too large a step.
	ldr	x3, [x0, #8]
	mov	x1, xzr
1:
	ldrb	w4, [x0, x1]
	add	x1, x1, #512, lsl #12
	cmp	x1, x2
	b.lo	1b
	add	x0, x3, x4
	ret
	.size	far, .-far

	.globl	down
	.type	down, %function
down:				// Told from 0 before it is used.
	ldr	x3, [x0, #8]
	ldr	w12, [x0, #16]
1:
	sub	x8, x12, #1
	cbz	x12, 2f
	mov	x12, x8
	ldr	x4, [x0, x8, lsl #3]
	add	x3, x3, x4
	b	1b
2:
	mov	x8, xzr
	mov	x0, x3
	ret
	.size	down, .-down

	.globl	down_seen
	.type	down_seen, %function
down_seen:			// Minus one is seen where it was 0.
	ldr	x3, [x0, #8]
	ldr	w12, [x0, #16]
1:
	sub	x8, x12, #1
	cbz	x12, 2f
	mov	x12, x8
	ldr	x4, [x0, x8, lsl #3]
	add	x3, x3, x4
	b	1b
2:
	add	x0, x3, x8
	ret
	.size	down_seen, .-down_seen

	.globl	down_kept
	.type	down_kept, %function
down_kept:			// Minus one is stored before it is told.
	ldr	x3, [x0, #8]
	ldr	w12, [x0, #16]
1:
	sub	x8, x12, #1
	str	x8, [x0, #24]
	cbz	x12, 2f
	mov	x12, x8
	ldr	x4, [x0, x8, lsl #3]
	add	x3, x3, x4
	b	1b
2:
	mov	x8, xzr
	mov	x0, x3
	ret
	.size	down_kept, .-down_kept

	.globl	down_on
	.type	down_on, %function
down_on:			// The branch leads on where it is not 0.
	ldr	x3, [x0, #8]
	ldr	w12, [x0, #16]
1:
	sub	x8, x12, #1
	cbnz	x12, 2f
	mov	x8, xzr
	mov	x0, x3
	ret
2:
	mov	x12, x8
	ldr	x4, [x0, x8, lsl #3]
	add	x3, x3, x4
	b	1b
	.size	down_on, .-down_on

	.globl	extended
	.type	extended, %function
extended:			// Half of what is short is all of it; half of what may not be is not.
	ldr	x3, [x0, #8]
	ldr	w4, [x0, #16]
	ldr	x5, [x0, #24]
	ldr	x6, [x0, w4, uxtw #3]
	ldr	x7, [x0, w5, uxtw #3]
	ldr	x4, [x0, w4, sxtw #3]
	add	x3, x3, x4
	add	x6, x6, x7
	add	x0, x3, x6
	ret
	.size	extended, .-extended

	.globl	fields
	.type	fields, %function
fields:				// What was accessed through, and a constant; twice, or on one way only, it may be farther.
	ldr	x3, [x0]
	ldr	x4, [x0, x2]
	add	x5, x0, #96
	add	x6, x5, #96
	ldr	x7, [x5, w1, uxtw #3]
	cbz	x1, 1f
	ldr	x12, [x3]
1:
	add	x16, x3, #8
	str	x16, [x0]
	str	x5, [x0, #8]
	str	x6, [x0, #16]
	add	x0, x7, x4
	ret
	.size	fields, .-fields

	.globl	before
	.type	before, %function
before:				// An index less one may lie before 0, a pointer does not.
	ldr	x3, [x0, #8]
	ldr	w1, [x0, #16]
	ldrb	w4, [x0, x1]
	sub	x5, x1, #1
	sub	x6, x0, #16
	str	x5, [x0, #24]
	str	x6, [x0, #32]
	add	x0, x3, x4
	ret
	.size	before, .-before

	.globl	chosen
	.type	chosen, %function
chosen:				// One of two that are short; and one that is not.
	ldr	x3, [x0, #8]
	ldp	w4, w5, [x0, #16]
	cmp	x1, #0
	csel	x6, x4, x5, eq
	csel	x7, x4, x3, eq
	csinc	x12, x4, x5, eq
	and	x16, x3, x4
	orr	x17, x3, x4
	stp	x6, x7, [x0, #32]
	stp	x12, x16, [x0, #48]
	str	x17, [x0, #64]
	ldr	x0, [x0, x6, lsl #3]
	ret
	.size	chosen, .-chosen
