// reject: STK-1 @ 0x8
// why: x14 loaded from memory goes back to a caller who believes in it
// entry: f
f:
	bti	c
	ldr	x14, [x14]
	ret
