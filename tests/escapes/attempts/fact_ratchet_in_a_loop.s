// reject: LBL-7 @ 0x10
// why: each turn touches and then steps 4 KiB on; a claim that held at the first turn does not at the second
// entry: f
// label: again x1:8
f:
	bti	c
	add	x1, x15, w0, uxtw
again:
	ldrb	w2, [x1]
	add	x1, x1, #4095
	cbnz	w2, again
	ret
