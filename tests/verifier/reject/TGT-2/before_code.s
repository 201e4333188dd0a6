// reject: TGT-2 @ 0xfffffff8
// why: in the table
// raw-target: -8
	nop
