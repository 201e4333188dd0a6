// reject: STK-2 @ 0x8
// why: behind the trap word x14 is as before it
// entry: f
	mov	x14, x0
	ldur	xzr, [x15, #-8]
f:
	bti	c
	ret
