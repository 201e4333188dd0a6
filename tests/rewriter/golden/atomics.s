// SPDX-License-Identifier: GPL-2.0
// Exclusives and ordered accesses go by fact.
	.text
	.globl	f
	.type	f, %function
f:
1:	ldaxr	x2, [x0]
	add	x2, x2, x1
	stlxr	w3, x2, [x0]
	cbnz	w3, 1b
	ldar	x0, [x0]
	dmb	ish
	ret
	.size	f, . - f
