// reject: IMG-2 @ #7
// why: a trailing partial entry
// tail: relocs 3
	nop
