// SPDX-License-Identifier: GPL-2.0
// x9 is used for other things, too: this was compiled without a word about it.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x29, x30, [sp, #-16]!
	sub	x9, sp, #112
	mov	x29, sp
	and	sp, x9, #0xffffffffffffffc0
	add	x9, x0, #1
	str	x9, [sp, #64]
	mov	sp, x29
	ldp	x29, x30, [sp], #16
	ret
	.size	f, . - f
