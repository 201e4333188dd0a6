// accept
// why: the same circle without a way in is code that never runs
// entry: f
// label: one x0:8
// label: two x0:8
f:
	bti	c
	ret
	b	f
one:
	ldr	x1, [x0]
	b	two
two:
	str	x1, [x0]
	b	one
