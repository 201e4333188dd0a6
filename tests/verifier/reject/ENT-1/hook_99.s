// reject: ENT-1 @ #1
// why: no such hook
// target: f
// raw-entry: 1 0 99 0
f:
	bti	c
	ret
