// SPDX-License-Identifier: GPL-2.0
// Outlined code.
	.text
	.globl	f
	.type	f, %function
f:
	b	OUTLINED_FUNCTION_0
	.size	f, . - f
	.type	OUTLINED_FUNCTION_0, %function
OUTLINED_FUNCTION_0:	mov	x0, x1
	ret
	.size	OUTLINED_FUNCTION_0, . - OUTLINED_FUNCTION_0
