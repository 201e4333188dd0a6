// SPDX-License-Identifier: GPL-2.0
// gcc and LLVM put cold parts of a function into another section.
	.text
	.globl	f
	.type	f, %function
f:
	cbz	x0, cold
	ret
	.size	f, . - f

	.section .text.cold, "ax"
cold:
	mov	x0, #1
	ret
