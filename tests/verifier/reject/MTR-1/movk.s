// reject: MTR-1 @ 0x4
// why: fuel by one half word
// entry: f
// label: T
// flags: 1
f:
	bti	c
	movk	x9, #0x7fff, lsl #32
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
