// reject: FRM-4 @ 0x10
// why: edges into the trap word need not agree, so what is behind it has no list
// entry: f
// label: t [x19]
f:
	bti	c
	cbz	x0, t
	ret
t:
	ldur	xzr, [x15, #-8]
	ldr	x19, [x13, #-8]!
	ret
