// SPDX-License-Identifier: GPL-2.0
// In a loop over nodes the base is biased by the offset of the key, so that no node needs a guard.
	.text
	.globl	f
	.type	f, %function
f:
	cbz	x0, 2f
1:
	ldr	x2, [x0, #16]
	cmp	x2, x1
	b.eq	3f
	ldr	x0, [x0]
	cbnz	x0, 1b
2:
	mov	x0, xzr
3:
	ret
	.size	f, . - f
