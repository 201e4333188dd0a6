// reject: ENT-1 @ #0
// why: no such hook
// target: f
// raw-entry: 0 0
f:
	bti	c
	ret
