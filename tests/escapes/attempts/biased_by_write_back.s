// reject: REG-7 @ 0x8
// why: a step of an access that does not fault moves the base
// entry: f
// flags: 2
f:
	bti	c
	add	x9, x15, #8
	ldr	x0, [x9], #255
	ldr	x0, [x9, w1, uxtw]
	ret
