// reject: IMG-3 @ #0
// why: more code than any kernel takes
// tail: code 67108864
	nop
