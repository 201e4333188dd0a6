// reject: FRM-3 @ 0x0
// why: both halves are x19
	stp	x19, x19, [x13], #16
