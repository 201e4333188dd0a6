// accept
// why: what is verified is what stands there: whoever filled it in
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0x1234, lsl #32
	movk	x0, #0xffff, lsl #48
	str	x1, [x0]
	ret
