// reject: REG-1 @ 0x0
// why: x15 is written, so every guard goes elsewhere
	ands	x15, x0, #1
