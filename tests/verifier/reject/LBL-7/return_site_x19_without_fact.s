// reject: LBL-7 @ 0x8
// why: x19 had no fact before the call
// label: f x19:0 [x19,x30]
// label: g
	stp	x19, x30, [x13], #16
	bl	g
f:
	ldr	x1, [x19]
	ldp	x19, x30, [x13, #-16]!
	ret
g:
	ret
