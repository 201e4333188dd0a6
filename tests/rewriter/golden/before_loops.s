// SPDX-License-Identifier: GPL-2.0
// Guards move before loops: those of registers whose upper halves nobody reads other than as part of an address, since the
// loop may be left before its first access; also where the loop's last blocks lie before its first.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x30, x19, [sp, #-16]!
	mov	x19, x0
	bl	unseen
	mov	x0, x19
	bl	seen
	str	x0, [x19]
	mov	x0, x19
	bl	turned
	mov	x0, x19
	bl	passes
	ldp	x30, x19, [sp], #16
	ret
	.size	f, .-f

	.globl	unseen
	.type	unseen, %function
unseen:
	ldp	x8, x12, [x0]
	mov	x1, xzr
	// x8 is only an address: it is guarded before the loop.
1:	cmp	w1, w12
	b.hs	2f
	ldr	w2, [x8, #4]
	add	x1, x1, x2
	b	1b
2:	mov	x0, x1
	ret
	.size	unseen, .-unseen

	.globl	seen
	.type	seen, %function
seen:
	ldp	x8, x12, [x0]
	mov	x1, xzr
	// x8 is also returned: a loop without a turn leaves it as it is.
1:	cmp	w1, w12
	b.hs	2f
	ldr	w2, [x8, #4]
	add	x1, x1, x2
	b	1b
2:	mov	x0, x8
	ret
	.size	seen, .-seen

	.globl	turned
	.type	turned, %function
turned:
	ldp	x8, x12, [x0]
	mov	x1, xzr
	b	2f
1:	add	x1, x1, #1
	cmp	w1, w12
	b.hs	3f
2:	tbnz	w1, #0, 1b
	ldr	w2, [x8, #4]
	str	w2, [x8, #8]
	b	1b
3:	str	wzr, [x8, #12]
	mov	x0, x1
	ret
	.size	turned, .-turned

	.globl	passes
	.type	passes, %function
passes:
	ldp	x8, x12, [x0]
	mov	x1, xzr
	cbz	x12, 1f
	tbnz	w12, #0, 2f
	// The loop does not use x8, which is accessed behind it: it is not guarded in each turn.
1:	add	x1, x1, #1
	ldr	w2, [x0, #4]
	cmp	w1, w2
	b.lo	1b
	str	w2, [x8, #8]
2:	mov	x0, x1
	ret
	.size	passes, .-passes
