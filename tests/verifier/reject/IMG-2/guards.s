// reject: IMG-2 @ #8
// why: the table of guards ends in a partial entry
// profile: movk
// entry: f
// tail: guards 2
f:	bti	c
	ret
