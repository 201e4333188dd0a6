// reject: MTR-1 @ 0x0
// why: x9 is fuel
// profile: low
// flags: 1
	mov	w9, w0
