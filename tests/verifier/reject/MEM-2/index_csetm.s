// reject: MEM-2 @ 0x4
// why: all ones is no small number
	csetm	x2, eq
	ldr	x0, [x15, x2]
	ret
