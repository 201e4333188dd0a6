// reject: TGT-1 @ 0x0
// why: one target twice
// label: f
// raw-target: 0
// raw-target: 0
f:
	bti	c
	ret
