// reject: FRM-1 @ 0x4
// why: a pop gives back 64 bits
// profile: low
	str	x19, [x13], #8
	ldr	w19, [x13, #-4]!
