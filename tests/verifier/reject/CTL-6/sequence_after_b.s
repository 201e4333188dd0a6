// reject: CTL-6 @ 0x8
// why: a sequence behind b has no state either
// label: f [x30]
	str	x30, [x13], #8
	b	f
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
f:
	ldr	x30, [x13, #-8]!
	ret
