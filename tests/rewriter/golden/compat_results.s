// SPDX-License-Identifier: GPL-2.0
// What comes back in x2 to x7 is kept, though it is read where not all ways come from a call, or only passed on: the callees' x15 does
// not become x7 or x6, which are free for all that they say themselves.
	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [sp, #-16]!
	mov	x7, #0
	cbz	x0, .Ljoin
	bl	g
.Ljoin:
	add	x0, x0, x7
	bl	h
	bl	takes
	ldr	x30, [sp], #16
	ret
	.size	f, . - f
	.type	g, %function
g:
	mov	x7, #1
	lsl	x8, x0, #1
	lsl	x9, x0, #2
	lsl	x11, x0, #3
	lsl	x12, x0, #4
	lsl	x16, x0, #5
	lsl	x17, x0, #6
	add	x15, x0, x1
	eor	x1, x1, x8
	eor	x1, x1, x9
	eor	x1, x1, x11
	eor	x1, x1, x12
	eor	x1, x1, x16
	eor	x1, x1, x17
	mul	x0, x15, x1
	ret
	.size	g, . - g
	.type	h, %function
h:
	mov	x6, #1
	lsl	x8, x0, #1
	lsl	x9, x0, #2
	lsl	x11, x0, #3
	lsl	x12, x0, #4
	lsl	x16, x0, #5
	lsl	x17, x0, #6
	add	x15, x0, x1
	eor	x1, x1, x8
	eor	x1, x1, x9
	eor	x1, x1, x11
	eor	x1, x1, x12
	eor	x1, x1, x16
	eor	x1, x1, x17
	mul	x0, x15, x1
	ret
	.size	h, . - h
	.type	takes, %function
takes:
	add	x0, x0, x6
	ret
	.size	takes, . - takes
