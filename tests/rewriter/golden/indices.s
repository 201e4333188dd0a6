// SPDX-License-Identifier: GPL-2.0
// A small index needs a guard of the base only: bytes, halves, masks, conditions; swapped, over a branch, too far away.
	.text
	.globl	f
	.type	f, %function
f:
	ldrb	w8, [x1]
	ldrb	w7, [x0, x8]
	ldrh	w8, [x1, #2]
	str	w7, [x0, w8, uxtw #2]
	and	w8, w7, #0xff
	ldrb	w2, [x8, x0]
	cmp	w2, #3
	cset	w8, hi
	ldr	x3, [x0, w8, sxtw #3]
	ldrb	w8, [x3]
	cbz	w8, 1f
	ldrb	w2, [x4, x8]
	ldr	w8, [x3, #4]
	ldrb	w2, [x4, x8]
1:	ubfx	x8, x2, #4, #24
	strb	w2, [x4, x8]
	ubfx	x8, x2, #4, #4
	cbz	w2, 2f
	mov	w5, #1
2:	strb	w2, [x4, x8]
	ubfx	x8, x2, #4, #20
	strb	w2, [x4, x8]
	ubfx	x8, x2, #4, #18
	str	x2, [x4, x8, lsl #3]
	ubfx	x8, x2, #4, #16
	str	x2, [x4, x8, lsl #3]
	ret
	.size	f, . - f
