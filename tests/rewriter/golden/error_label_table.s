// SPDX-License-Identifier: GPL-2.0
// A table of labels, as computed goto has: the error names the function and the line of the label, not the table.
	.text
	.globl	f
	.type	f, %function
f:
	adrp	x1, table
	add	x1, x1, :lo12:table
	ldr	x1, [x1, x0, lsl #3]
	br	x1
1:	mov	x0, #1
	ret
2:	mov	x0, #2
	ret
	.size	f, . - f
	.section .rodata.table,"a",%progbits
	.balign	8
table:
	.xword	1b
	.xword	2b
