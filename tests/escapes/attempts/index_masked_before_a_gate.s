// reject: MEM-2 @ 0x10
// why: the gate gives back what it likes in x0
// import: heap_grow
// entry: f
f:
	bti	c
	str	x30, [x13], #8
	and	x0, x0, #0xff
	bl	gate0
	str	x2, [x15, x0]
	ldr	x30, [x13, #-8]!
	ret
