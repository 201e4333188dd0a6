// reject: REG-3 @ 0x0
// why: x18 is the kernel's
// profile: low
	mov	w18, w0
