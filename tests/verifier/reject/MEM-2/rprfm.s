// reject: MEM-2 @ 0x0
// why: a register offset of another form than [x15, wN, uxtw]
	.inst	0xf8a149f8
