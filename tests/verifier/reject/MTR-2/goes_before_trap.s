// reject: MTR-2 @ 0x4
// why: the word before a trap word is none
// entry: f
// label: on
// label: T
// flags: 1
f:
	bti	c
	sub	x9, x9, #1
	tbnz	x9, #63, on
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
on:
	nop
	ldur	xzr, [x15, #-8]
