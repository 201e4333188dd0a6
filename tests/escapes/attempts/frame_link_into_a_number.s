// reject: FRM-4 @ 0x8
// why: the link, popped into x19, is a kernel address in a register that may be read
// entry: f
f:
	bti	c
	stp	x19, x30, [x13], #16
	ldp	x30, x19, [x13, #-16]!
	ret
