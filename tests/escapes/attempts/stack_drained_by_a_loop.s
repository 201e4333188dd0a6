// reject: STK-2 @ 0x8
// why: the same by a loop
// entry: f
// label: again
f:
	bti	c
again:
	sub	x14, x14, #16
	cbnz	x0, again
	ret
