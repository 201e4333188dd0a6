// reject: FRM-4 @ 0x0
// why: nothing of this function is on the shadow stack
	ldr	x19, [x13, #-8]!
