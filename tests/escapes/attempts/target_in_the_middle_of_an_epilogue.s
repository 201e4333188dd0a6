// reject: TGT-3 @ 0x8
// why: declared, it would be called from the table with a frame that is not there
// entry: f
// label: mid [x30]
// target: mid
f:
	bti	c
	str	x30, [x13], #8
mid:
	bti	c
	ldr	x30, [x13, #-8]!
	ret
