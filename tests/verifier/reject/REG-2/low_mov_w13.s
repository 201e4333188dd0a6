// reject: REG-2 @ 0x0
// why: x13 is the shadow stack pointer, no address of the window
// profile: low
	mov	w13, w0
