// accept
// why: loads with an order, and exclusive ones, need a fact as all do; what they bring gets one by a word of its own
// profile: low
// entry: start
start:	bti	c
	mov	w1, w1
	ldar	w1, [x1]
	mov	w1, w1
	ldxr	w1, [x1]
	mov	w1, w1
	swp	w0, w1, [x1]
	mov	w1, w1
	ldr	x0, [x1]
	ret
