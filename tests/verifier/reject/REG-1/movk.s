// reject: REG-1 @ 0x0
// why: x15 is written, so every guard goes elsewhere
	movk	x15, #1
