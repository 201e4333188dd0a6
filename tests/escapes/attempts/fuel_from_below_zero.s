// reject: MTR-1 @ 0x4
// why: charges that are large enough wrap from below zero to above it before a check looks
// flags: 1
// entry: f
// label: T
f:
	bti	c
	sub	x9, x9, #4095, lsl #12
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
