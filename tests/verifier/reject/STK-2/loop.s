// reject: STK-2 @ 0x4
// why: each turn carries x14 lower
// label: f
f:
	sub	x14, x14, #512
	b	f
