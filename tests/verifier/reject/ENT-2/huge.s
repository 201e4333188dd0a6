// reject: ENT-2 @ #0
// why: an index that wraps
// target: f
// raw-entry: 1 0xffffffff
f:
	bti	c
	ret
