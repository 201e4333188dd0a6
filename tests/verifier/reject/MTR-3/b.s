// reject: MTR-3 @ 0x8
// why: an endless loop
// entry: f
// label: loop
// label: T
// flags: 1
f:
	bti	c
loop:
	sub	x0, x0, #1
	b	loop
T:
	ldur	xzr, [x15, #-8]
