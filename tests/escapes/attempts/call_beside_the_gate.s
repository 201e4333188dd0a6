// reject: CTL-3 @ 0x8
// why: the word behind the last slot is padding that nobody checked
// entry: f
// import: log
f:
	bti	c
	str	x30, [x13], #8
	bl	gate0 + 4
	ldr	x30, [x13, #-8]!
	ret
