// reject: FRM-7 @ 0x8
// why: a branch in the shadow of the trap word
// label: f [x19]
	str	x30, [x13], #8
	ldur	xzr, [x15, #-8]
	cbz	x0, f
	ret
f:
	ldr	x19, [x13, #-8]!
	ret
