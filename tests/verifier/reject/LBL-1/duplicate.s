// reject: LBL-1 @ 0x0
// why: two claims for one word
// label: f
// label: f x1:8
f:
	nop
