// reject: TGT-2 @ 0x1
// why: inside a word
// label: f
// raw-target: 1
f:
	bti	c
	ret
