// reject: CTL-4 @ 0x0
// why: x30 is the kernel's return address
	blr	x30
