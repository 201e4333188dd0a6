// reject: REG-3 @ 0x0
// why: x18 is the kernel's: shadow call stack or platform register
	str	x30, [x18], #8
