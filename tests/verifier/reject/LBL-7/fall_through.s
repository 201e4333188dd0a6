// reject: LBL-7 @ 0x4
// why: x1 was not guarded on this edge
// label: f x1:0
	nop
f:
	ldr	x0, [x1]
	ret
