// reject: REG-7 @ 0x0
// why: half a register, which is no address of the window
// flags: 2
	add	w9, w15, #8
