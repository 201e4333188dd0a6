// reject: MEM-1 @ 0x4
// why: behind ret not even saved registers keep facts
	ret
	ldr	x0, [x19]
