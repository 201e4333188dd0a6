// reject: ENT-2 @ #1
// why: there is one declared target
// target: f
// raw-entry: 1 0 1 1
f:
	bti	c
	ret
