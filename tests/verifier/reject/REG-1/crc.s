// reject: REG-1 @ 0x0
// why: x15 is written, so every guard goes elsewhere
	crc32b	w15, w0, w1
