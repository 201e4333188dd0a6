// reject: FRM-7 @ 0x4
// why: what is pushed at a labelled trap word is not known
// label: t [x19]
// label: f [x19]
t:
	ldur	xzr, [x15, #-8]
f:
	ldr	x19, [x13, #-8]!
	ret
