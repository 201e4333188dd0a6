// reject: FRM-5 @ 0x4
// why: the caller's x19 stays on the shadow stack, and x13 is one slot off
	str	x19, [x13], #8
	ret
