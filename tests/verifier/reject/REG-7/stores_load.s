// reject: REG-7 @ 0x0
// why: a free load writes it
// flags: 2
// profile: stores
	ldr	x9, [x1]
