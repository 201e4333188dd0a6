// reject: FRM-7 @ 0x4
// why: each turn pushes once more
// label: f
f:
	str	x19, [x13], #8
	cbnz	x0, f
	ldr	x19, [x13, #-8]!
	ret
