// accept
// why: a branch to the first word runs all four
// entry: f
// label: again [x19,x30]
f:
	bti	c
	stp	x19, x30, [x13], #16
	mov	w19, #3
again:
	and	w1, w0, #0x18
	adrp	x30, table
	ldr	x30, [x30, w1, uxtw]
	blr	x30
	subs	w19, w19, #1
	b.ne	again
	ldp	x19, x30, [x13, #-16]!
	ret
