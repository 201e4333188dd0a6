// reject: REG-7 @ 0x8
// why: each turn leads 4 KiB farther, over the bands
// entry: f
// label: L
// flags: 2
f:
	bti	c
	add	x9, x15, #4095
L:
	add	x9, x9, #4095
	subs	x0, x0, #1
	b.ne	L
	ldr	x0, [x9, w1, uxtw]
	ret
