// reject: IMG-3 @ #6
// why: more imports than slots
// tail: imports 4100
	nop
