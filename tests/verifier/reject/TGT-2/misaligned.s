// reject: TGT-2 @ 0x2
// why: inside a word
// label: f
// raw-target: 2
f:
	bti	c
	ret
