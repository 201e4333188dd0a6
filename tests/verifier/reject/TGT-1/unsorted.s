// reject: TGT-1 @ 0x0
// why: slots are numbered in order
// as-written
// label: f
// label: g
// raw-target: 4
// raw-target: 0
f:
	bti	c
g:
	bti	c
	ret
