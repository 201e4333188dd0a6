// reject: CTL-4 @ 0x8
// why: x30 is the address behind the bl
// label: f
	str	x30, [x13], #8
	bl	f
	blr	x30
f:
	ret
