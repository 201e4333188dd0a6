// reject: MEM-1 @ 0x8
// why: x14 is as far as the label says
// label: f x14:524288
	nop
f:
	sub	x14, x14, #0x80, lsl #12
	str	x0, [x14]
	ret
