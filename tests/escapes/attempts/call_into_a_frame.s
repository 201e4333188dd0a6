// reject: FRM-8 @ 0x8
// why: a call to the middle of a function, behind its pushes
// entry: f
// label: mid [x19,x30]
f:
	bti	c
	stp	x19, x30, [x13], #16
	bl	mid
mid:
	ldp	x19, x30, [x13, #-16]!
	ret
