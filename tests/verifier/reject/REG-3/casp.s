// reject: REG-3 @ 0x0
// why: x18 is the kernel's: shadow call stack or platform register
	casp	x18, x19, x2, x3, [x15]
