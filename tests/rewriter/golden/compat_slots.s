// SPDX-License-Identifier: GPL-2.0
// With all registers in use, five values live below the stack pointer, and scratch comes and goes.
	.text
	.globl	f
	.type	f, %function
f:
	ldr	x1, [x0, #8]
	ldr	x2, [x0, #16]
	ldr	x3, [x0, #24]
	ldr	x4, [x0, #32]
	ldr	x5, [x0, #40]
	ldr	x6, [x0, #48]
	ldr	x7, [x0, #56]
	ldr	x8, [x0, #64]
	ldr	x9, [x0, #72]
	ldr	x10, [x0, #80]
	ldr	x11, [x0, #88]
	ldr	x12, [x0, #96]
	ldr	x13, [x0, #104]
	ldr	x14, [x0, #112]
	ldr	x15, [x0, #120]
	ldr	x16, [x0, #128]
	ldr	x17, [x0, #136]
	ldr	x18, [x0, #144]
	add	x0, x0, x1
	add	x0, x0, x2
	add	x0, x0, x3
	add	x0, x0, x4
	add	x0, x0, x5
	add	x0, x0, x6
	add	x0, x0, x7
	add	x0, x0, x8
	add	x0, x0, x9
	add	x0, x0, x10
	add	x0, x0, x11
	add	x0, x0, x12
	add	x0, x0, x13
	add	x0, x0, x14
	add	x0, x0, x15
	add	x0, x0, x16
	add	x0, x0, x17
	add	x0, x0, x18
	ret
	.size	f, . - f
