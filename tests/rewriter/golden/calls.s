// SPDX-License-Identifier: GPL-2.0
// Calls and jumps by pointer, gates, a jump to another function.
	.text
	.globl	f
	.type	f, %function
f:
	cbz	x1, 2f
	str	x30, [sp, #-16]!
	blr	x0
	bl	lore_gate_time_now
	ldr	x30, [sp], #16
	cbz	x0, 1f
	br	x1
1:	b	g
2:	b	lore_gate_log
	.type	g, %function
g:	ret
	.size	f, . - f
