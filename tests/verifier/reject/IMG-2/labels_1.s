// reject: IMG-2 @ #2
// why: a trailing partial entry
// tail: labels 1
	nop
