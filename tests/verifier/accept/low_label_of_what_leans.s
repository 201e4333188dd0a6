// accept
// why: a bound below 0 may lean on an access
// profile: low
// entry: start
// label: f x1:8
start:	bti	c
	mov	w1, w1
	sub	x1, x1, #8
	ldr	x0, [x1]
	b	f
f:	ldr	x0, [x1]
	ret
