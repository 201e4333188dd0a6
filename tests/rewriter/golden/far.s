// SPDX-License-Identifier: GPL-2.0
// A register that is far from the pointer made of it is not guarded for it: with the bands between, it lies outside of the window
// and would come back from its other end. What is stored is what was loaded.
	.text
	.globl	f
	.type	f, %function
f:
	ldr	x12, [x0, #8]
	tbz	w1, #0, 1f
	add	x2, x12, #0x800, lsl #12
	ldr	w3, [x2, #8]
	str	x12, [x0, #16]
	ret
1:	add	x2, x12, #0x801, lsl #12
	ldr	w3, [x2, #8]
	str	x12, [x0, #24]
	ret
	.size	f, .-f
