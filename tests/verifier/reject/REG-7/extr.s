// reject: REG-7 @ 0x0
// why: the biased base is written: x15 is written, so every guard goes elsewhere
// flags: 2
	extr	x9, x0, x1, #3
