// SPDX-License-Identifier: GPL-2.0
// Slots that live on over a call lie above what the way down to it may write.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x29, x30, [sp, #-96]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	ldr	x1, [x0, #8]
	ldr	x2, [x0, #16]
	ldr	x3, [x0, #24]
	ldr	x4, [x0, #32]
	ldr	x5, [x0, #40]
	ldr	x6, [x0, #48]
	ldr	x7, [x0, #56]
	ldr	x8, [x0, #64]
	ldr	x9, [x0, #72]
	ldr	x11, [x0, #88]
	ldr	x12, [x0, #96]
	ldr	x13, [x0, #104]
	ldr	x14, [x0, #112]
	ldr	x16, [x0, #128]
	ldr	x17, [x0, #136]
	ldr	x19, [x0, #152]
	ldr	x20, [x0, #160]
	ldr	x21, [x0, #168]
	ldr	x22, [x0, #176]
	ldr	x23, [x0, #184]
	ldr	x24, [x0, #192]
	ldr	x25, [x0, #200]
	ldr	x26, [x0, #208]
	ldr	x27, [x0, #216]
	ldr	x28, [x0, #224]
	bl	g
	add	x0, x0, x1
	add	x0, x0, x2
	add	x0, x0, x3
	add	x0, x0, x4
	add	x0, x0, x5
	add	x0, x0, x6
	add	x0, x0, x7
	add	x0, x0, x8
	add	x0, x0, x9
	add	x0, x0, x11
	add	x0, x0, x12
	add	x0, x0, x13
	add	x0, x0, x14
	add	x0, x0, x16
	add	x0, x0, x17
	add	x0, x0, x19
	add	x0, x0, x20
	add	x0, x0, x21
	add	x0, x0, x22
	add	x0, x0, x23
	add	x0, x0, x24
	add	x0, x0, x25
	add	x0, x0, x26
	add	x0, x0, x27
	add	x0, x0, x28
	ldp	x27, x28, [sp, #80]
	ldp	x25, x26, [sp, #64]
	ldp	x23, x24, [sp, #48]
	ldp	x21, x22, [sp, #32]
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #96
	ret
	.size	f, . - f
	.type	g, %function
g:	add	x0, x0, #1
	ret
	.size	g, . - g
