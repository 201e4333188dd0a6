// reject: IMG-2 @ #4
// why: a trailing partial entry
// tail: targets 2
	nop
