// reject: LBL-7 @ 0x4
// why: two labels vouch for each other's claim about x0; the way in from the entry establishes none
// entry: f
// label: one x0:8
// label: two x0:8
f:
	bti	c
	b	one
one:
	ldr	x1, [x0]
	b	two
two:
	str	x1, [x0]
	b	one
