// accept
// why: a small index reaches no farther than an immediate, whatever the window
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x0
	ldrb	w2, [x0]
	ldr	x1, [x0, x2, lsl #3]
	ret
