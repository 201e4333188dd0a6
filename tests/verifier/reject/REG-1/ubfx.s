// reject: REG-1 @ 0x0
// why: x15 is written, so every guard goes elsewhere
	ubfx	x15, x0, #0, #4
