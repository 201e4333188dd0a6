// reject: MEM-1 @ 0x0
// why: loads need facts too: --guard=stores is another contract
	ldr	x0, [x1]
