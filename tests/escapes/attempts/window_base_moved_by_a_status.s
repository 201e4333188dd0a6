// reject: REG-1 @ 0x8
// why: so is the status of a store-exclusive
// entry: f
f:
	bti	c
	ldxr	x0, [x14]
	stxr	w15, x1, [x14]
	ret
