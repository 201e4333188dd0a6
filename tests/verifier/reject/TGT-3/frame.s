// reject: TGT-3 @ 0x0
// why: whoever calls it pushes nothing
// label: f [x30]
// target: f
f:
	bti	c
	ldr	x30, [x13, #-8]!
	ret
