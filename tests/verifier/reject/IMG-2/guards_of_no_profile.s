// reject: IMG-2 @ #8
// why: a partial entry is told in every profile
// entry: f
// tail: guards 3
f:	bti	c
	ret
