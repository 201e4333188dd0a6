// reject: FRM-7 @ 0x8
// why: behind the trap word run the words of f in the shadow of a branch: they would pop a link into x19
// label: f [x19]
	str	x30, [x13], #8
	ldur	xzr, [x15, #-8]
f:
	ldr	x19, [x13, #-8]!
	ret
