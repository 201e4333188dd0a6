// reject: IMG-2 @ #5
// why: a trailing partial entry
// tail: entries 4
	nop
