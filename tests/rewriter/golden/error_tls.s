// SPDX-License-Identifier: GPL-2.0
// Thread-local data is an error at the word that wants its address, before anything else is said of that function.
	.text
	.globl	f
	.type	f, %function
f:
	mrs	x8, TPIDR_EL0
	add	x8, x8, :tprel_hi12:counter
	ldr	w0, [x8, :tprel_lo12_nc:counter]
	ret
	.size	f, . - f
	.section	.tdata, "awT", %progbits
	.type	counter, %object
counter:
	.word	7
	.size	counter, 4
