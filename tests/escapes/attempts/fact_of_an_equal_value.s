// reject: MEM-1 @ 0x14
// why: x0 was found equal to a guarded register; speculation does not care, so the outcome of a branch is no fact
// entry: f
// label: out
f:
	bti	c
	add	x1, x15, w1, uxtw
	cmp	x0, x1
	b.ne	out
	ldr	x2, [x1]
	ldr	x2, [x0]
out:
	ret
