// SPDX-License-Identifier: GPL-2.0
// A pointer to a function is an offset of 64 bits.
	.text
	.globl	f
	.type	f, %function
f:
	adrp	x0, data
	ldr	w0, [x0, :lo12:data]
	ret
	.size	f, . - f

	.data
data:	.word	f
