// accept
// why: several entries of one hook
// entry: g
// entry: f
f:
	bti	c
	ret
g:
	bti	c
	ret
