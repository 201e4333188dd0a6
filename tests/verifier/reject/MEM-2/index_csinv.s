// reject: MEM-2 @ 0x4
// why: nor is the other of another kind
	csinv	x2, xzr, xzr, eq
	ldr	x0, [x15, x2]
	ret
