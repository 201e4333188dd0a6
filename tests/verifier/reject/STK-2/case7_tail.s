// reject: STK-2 @ 0x8
// why: a tail call 1 MiB below
// entry: t
t:
	bti	c
	sub	x14, x14, #0xff, lsl #12
	b	t
