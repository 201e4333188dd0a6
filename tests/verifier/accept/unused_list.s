// accept
// why: a well-formed list that no label names
// raw-list: 0 0x21 0xcba987654321
	nop
	ret
