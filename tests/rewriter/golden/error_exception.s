// SPDX-License-Identifier: GPL-2.0
// A call of a kernel that is none of ours.
	.text
	.globl	f
	.type	f, %function
f:
	svc	#0
	ret
	.size	f, . - f
