// reject: FRM-4 @ 0x0
// why: nothing of this function is on the shadow stack
	ldp	x19, x20, [x13, #-16]!
