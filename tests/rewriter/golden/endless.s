// SPDX-License-Identifier: GPL-2.0
// A loop without an end accesses nothing: what was guarded before it is not guarded again inside.
	.text
	.globl	f
	.type	f, %function
f:
	ldr	x8, [x0, #40]
1:	add	x12, x8, x8, lsl #1
	add	x8, x8, #1
	b	1b
	.size	f, . - f
