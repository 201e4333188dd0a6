// reject: FRM-7 @ 0x0
// why: nothing is pushed on this edge
// label: f [x30]
	cbz	x0, f
	ret
f:
	ldr	x30, [x13, #-8]!
	ret
