// reject: REG-6 @ 0x4
// why: what ret goes to is chosen by the extension
	stp	x29, x30, [x13], #16
	ldp	x29, x30, [x14], #16
