// reject: IMG-2 @ #3
// why: a trailing partial entry
// tail: lists 7
	nop
