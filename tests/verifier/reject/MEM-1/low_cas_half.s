// reject: MEM-1 @ 0x8
// why: no word of its class makes a fact, whatever it writes
// profile: low
	mov	w3, w3
	cas	w1, w0, [x3]
	ldr	x2, [x1]
