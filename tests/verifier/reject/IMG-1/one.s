// reject: IMG-1 @ #0
// why: a trailing partial word
// tail: code 1
	nop
