// reject: LST-1 @ #1
// why: more registers than there are
// raw-list: 0 0xffffffffffffffff
	nop
