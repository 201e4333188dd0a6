// reject: MEM-2 @ 0x4
// why: what is counted up may be anything
	cinc	x2, x0, eq
	ldr	x0, [x15, x2]
	ret
