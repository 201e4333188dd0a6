// reject: REG-1 @ 0x0
// why: x15 is written, so every guard goes elsewhere
	add	x15, x15, w0, uxtw
