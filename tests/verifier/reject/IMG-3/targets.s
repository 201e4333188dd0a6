// reject: IMG-3 @ #4
// why: more declared targets than a table takes
// tail: targets 262148
	nop
