// reject: MTR-3 @ 0x4
// why: a branch to itself
// entry: f
// label: loop
// label: T
// flags: 1
f:
	bti	c
loop:
	b	loop
T:
	ldur	xzr, [x15, #-8]
