// accept
// why: x15 may be read: the window's address is no secret
	mov	x0, x15
	str	x15, [x14]
	add	x1, x15, x0
	cmp	x0, x15
	ldr	x0, [x15, #-0]
	stp	x15, x14, [x15, #504]
	ret
