// reject: MEM-1 @ 0x4
// why: an exclusive pair on kernel memory would write it; the load is refused as the store would be
// profile: stores
// entry: f
// label: again
f:	bti	c
again:	ldxr	x1, [x0]
	stxr	w2, xzr, [x0]
	cbnz	w2, again
	ret
