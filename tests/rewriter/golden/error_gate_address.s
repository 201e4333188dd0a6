// SPDX-License-Identifier: GPL-2.0
// A gate is called, and has no address that could be passed on.
	.text
	.globl	f
	.type	f, %function
f:
	adrp	x0, lore_gate_log
	add	x0, x0, :lo12:lore_gate_log
	ret
	.size	f, . - f
