// reject: REG-5 @ 0x4
// why: what a compiler writes: it puts the link where the extension can read and change it
// entry: f
f:
	bti	c
	stp	x29, x30, [x14, #-16]!
	ret
