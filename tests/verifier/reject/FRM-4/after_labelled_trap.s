// reject: FRM-4 @ 0x4
// why: edges into the trap word need no agreement, so nothing may be popped behind it: its fault is not taken yet in the shadow of a branch
// label: f [x19]
f:
	ldur	xzr, [x15, #-8]
	ldr	x19, [x13, #-8]!
