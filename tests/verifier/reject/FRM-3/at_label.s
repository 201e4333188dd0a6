// reject: FRM-3 @ 0x0
// why: pushed by the label's list
// label: f [x19]
f:
	str	x19, [x13], #8
