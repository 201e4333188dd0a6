// reject: STK-2 @ 0x4
// why: nothing is known of x14
// label: f x14:524288
	mov	x14, x0
	b	f
f:
	str	x0, [x14]
	ret
