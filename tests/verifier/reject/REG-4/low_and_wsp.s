// reject: REG-4 @ 0x0
// why: SP is the kernel's, its low half too
// profile: low
	and	wsp, w0, #0xff
