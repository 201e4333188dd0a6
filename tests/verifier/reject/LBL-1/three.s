// reject: LBL-1 @ 0x4
// why: the third is before the second
// as-written
// label: f
// label: h
// label: g
f:
	nop
g:
	nop
h:
	nop
