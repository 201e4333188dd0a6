// accept
// why: the smallest function
// entry: f
f:
	bti	c
	ret
