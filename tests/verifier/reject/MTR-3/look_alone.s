// reject: MTR-3 @ 0xc
// why: the fuel is looked at before the way back, and not charged
// entry: f
// label: loop
// label: T
// flags: 1
f:
	bti	c
loop:
	nop
	tbnz	x9, #63, T
	cbnz	x0, loop
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
