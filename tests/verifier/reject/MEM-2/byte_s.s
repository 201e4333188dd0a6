// reject: MEM-2 @ 0x0
// why: a register offset of another form than [x15, wN, uxtw]
	.inst	0x386159e0
