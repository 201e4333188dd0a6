// accept
// why: the load is beyond what x1's fact covers, so it is free; it says nothing of x1, and changes nothing
// profile: stores
// entry: f
f:	bti	c
	add	x1, x15, w1, uxtw
	sub	x1, x1, #255, lsl #12
	ldr	x0, [x1, #4096]
	str	x0, [x1]
	ret
