// reject: MTR-2 @ 0x8
// why: the check's branch goes to a load that looks like the trap word and does not fault
// flags: 1
// entry: f
// label: loop
// label: T
f:
	bti	c
loop:
	sub	x0, x0, #1
	sub	x9, x9, #1
	tbnz	x9, #63, T
	b	loop
T:
	ldur	xzr, [x14, #-8]
	b	loop
