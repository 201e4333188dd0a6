// reject: FRM-7 @ 0x4
// why: falls into f with x19 pushed
// label: f
	str	x19, [x13], #8
f:
	ret
