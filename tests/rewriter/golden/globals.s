// SPDX-License-Identifier: GPL-2.0
// Data by window offset, functions by table offset, weak symbols that are absent by zero.
	.text
	.globl	f
	.type	f, %function
f:
	adrp	x0, here
	add	x0, x0, :lo12:here
	adrp	x1, there
	ldr	x1, [x1, :lo12:there]
	adrp	x2, g
	add	x2, x2, :lo12:g
	adrp	x3, :got:absent
	ldr	x3, [x3, :got_lo12:absent]
	str	x2, [x0, #8]
	str	x3, [x0, #16]
	mov	x0, x1
	ret
	.weak	absent
	.type	g, %function
g:	ret
	.data
	.zero	2056
here:	.zero	64
there:	.quad	here + 8
	.quad	g
	.text
	.size	f, . - f
