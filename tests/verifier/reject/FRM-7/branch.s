// reject: FRM-7 @ 0x4
// why: x19 is pushed on this edge
// label: f
	str	x19, [x13], #8
	cbz	x0, f
	ldr	x19, [x13, #-8]!
	ret
f:
	ret
