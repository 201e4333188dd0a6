// reject: MEM-2 @ 0x4
// why: shifted to the left: nothing above is cut off
	lsl	x2, x0, #3
	ldrb	w0, [x15, x2]
	ret
