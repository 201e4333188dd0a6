// reject: STK-1 @ 0x8
// why: every level of the recursion would take 1,040 bytes without touching them, out of the band after 4,000
// entry: f
f:
	bti	c
	sub	x14, x14, #1040
	ret
