// SPDX-License-Identifier: GPL-2.0
// An address that is used once at offset zero costs no word.
	.text
	.globl	f
	.type	f, %function
f:
	ldr	x1, [x0]
	ldrsb	w2, [x1]
	strh	w2, [x1]
	mov	w0, w2
	ret
	.size	f, . - f
