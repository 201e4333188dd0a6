// reject: FRM-7 @ 0x4
// why: the same registers in another order
// label: f [x20,x19]
	stp	x19, x20, [x13], #16
	b	f
f:
	ldp	x20, x19, [x13, #-16]!
	ret
