// SPDX-License-Identifier: GPL-2.0
// Symbols that lie near one another: one page serves all accesses, but not where somebody may read the address: x4 may be a result.
	.text
	.globl	f
	.type	f, %function
f:
	adrp	x8, one
	ldr	x0, [x8, :lo12:one]
	adrp	x1, two
	ldr	x1, [x1, :lo12:two]
	adrp	x2, two
	add	x2, x2, :lo12:two
	adrp	x12, three
	str	w0, [x12, :lo12:three]
	cbz	x0, 1f
	adrp	x4, one
	str	x1, [x4, :lo12:one]
	mov	x4, xzr
1:
	adrp	x5, three
	ldr	w6, [x5, :lo12:three]
	mov	x0, x5
	ret
	.size	f, . - f
	.bss
	.balign	16
one:	.skip	8
two:	.skip	8
three:	.skip	16
