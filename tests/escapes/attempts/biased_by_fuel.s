// reject: MEM-2 @ 0x4
// why: what is left of the fuel as an address
// entry: f
// flags: 1
f:
	bti	c
	ldr	x0, [x9, w1, uxtw]
	ret
