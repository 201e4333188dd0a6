// SPDX-License-Identifier: GPL-2.0
// A frame that is aligned beyond 16 bytes: LLVM makes its stack pointer in x9, reserved or not.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x29, x30, [sp, #-16]!
	sub	x9, sp, #1, lsl #12
	sub	x9, x9, #112
	mov	x29, sp
	and	sp, x9, #0xffffffffffffffc0
	str	x0, [sp, #64]
	ldr	x0, [sp, #64]
	mov	sp, x29
	ldp	x29, x30, [sp], #16
	ret
	.size	f, . - f
