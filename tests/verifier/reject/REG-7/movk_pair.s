// reject: REG-7 @ 0x0
// why: no pair of movk writes it
// flags: 2
// profile: movk
	movk	x9, #0, lsl #32
