// reject: TGT-3 @ 0x0
// why: nothing says that it assumes nothing
// raw-target: 0
	bti	c
	ret
