// reject: IMG-2 @ #6
// why: a trailing partial entry
// tail: imports 1
	nop
