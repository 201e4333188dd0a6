// reject: REG-3 @ 0x0
// why: x18 is the kernel's: shadow call stack or platform register
	add	x1, x15, w18, uxtw
