// reject: FRM-7 @ 0x4
// why: a tail call with a frame: its ret would not have it
// entry: f
	stp	x29, x30, [x13], #16
	b	f
f:
	bti	c
	ret
