// reject: TGT-3 @ 0x0
// why: the label is at another word
// label: g
// raw-target: 0
	bti	c
g:
	ret
