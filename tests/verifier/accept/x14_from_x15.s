// accept
// why: x14 set to a place in the window
	add	x14, x15, #0x40, lsl #12
	ret
