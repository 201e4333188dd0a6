// reject: LBL-1 @ 0x0
// why: labels are searched by halves
// as-written
// label: g
// label: f
f:
	nop
g:
	nop
