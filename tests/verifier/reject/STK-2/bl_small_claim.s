// reject: STK-2 @ 0x4
// why: x14 is within 1 KiB at the call, the callee's label claims less
// label: f x14:512
	str	x30, [x13], #8
	bl	f
	ldr	x30, [x13, #-8]!
	ret
f:
	ret
