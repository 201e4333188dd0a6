// reject: TGT-2 @ 0x4
// why: behind the code
// raw-target: 4
	nop
