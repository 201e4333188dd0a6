// reject: REG-7 @ 0x0
// why: the biased base is written: x15 is written, so every guard goes elsewhere
// flags: 2
	mov	w9, #0
