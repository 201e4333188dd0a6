// reject: CTL-1 @ 0x4
// why: the trap words behind the code belong to the kernel; a branch there is outside
// entry: f
f:
	bti	c
	cbz	x0, end
	ret
