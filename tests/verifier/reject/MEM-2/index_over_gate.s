// reject: MEM-2 @ 0xc
// why: a gate may write it
// import: heap_grow
	str	x30, [x13], #8
	ldrb	w2, [x15, w0, uxtw]
	bl	gate0
	ldrb	w0, [x15, x2]
	ldr	x30, [x13, #-8]!
	ret
