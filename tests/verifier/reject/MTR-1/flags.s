// reject: MTR-1 @ 0x4
// why: the charge that sets flags is another word
// entry: f
// label: T
// flags: 1
f:
	bti	c
	subs	x9, x9, #1
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
