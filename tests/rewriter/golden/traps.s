// SPDX-License-Identifier: GPL-2.0
// BRK is a trap word, and one stands behind a call that does not return.
	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [sp, #-16]!
	cbz	x0, 1f
	bl	g
	ldr	x30, [sp], #16
	ret
1:	bl	die
	.type	g, %function
g:	cbnz	x1, 2f
	ret
2:	brk	#0x1
	.type	die, %function
die:	str	x30, [sp, #-16]!
	mov	x0, #7
	bl	lore_gate_abort
	.size	f, . - f
