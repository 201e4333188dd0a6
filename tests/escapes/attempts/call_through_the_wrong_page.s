// reject: CTL-5 @ 0x1008
// why: the same adrp a page further on names the page behind the table
// entry: f
f:
	bti	c
	str	x30, [x13], #8
.rept 1023
	nop
.endr
	and	w1, w0, #0x18
	.word	0x9000001e	// adrp x30, with the distance 0
	ldr	x30, [x30, w1, uxtw]
	blr	x30
	ldr	x30, [x13, #-8]!
	ret
