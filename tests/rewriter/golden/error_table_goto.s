// SPDX-License-Identifier: GPL-2.0
// Computed goto: addresses of labels in data.
	.text
	.global f
	.type f, %function
f:
	sub	sp, sp, #16
	adrp	x16, table
	add	x16, x16, :lo12:table
	ldr	x1, [x16, x0, lsl #3]
	br	x1
1:	add	sp, sp, #16
	ret

	.section .rodata, "a"
	.balign 8
table:
	.xword	1b
