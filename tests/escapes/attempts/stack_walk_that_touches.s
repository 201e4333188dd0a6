// accept
// why: each turn touches what it takes, so the walk ends in a fault at the window's end
// entry: f
// label: again
f:
	bti	c
again:
	str	xzr, [x14, #-16]!
	b	again
