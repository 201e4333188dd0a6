// accept
// why: a fact in a pushed register outlives calls
// import: time_now
// label: f
	stp	x19, x30, [x13], #16
	add	x19, x15, w0, uxtw
	bl	f
	ldr	x0, [x19]
	bl	gate0
	ldr	x0, [x19, #8]
	and	w9, w0, #8
	adrp	x30, table
	ldr	x30, [x30, w9, uxtw]
	blr	x30
	str	x0, [x19]
	ldp	x19, x30, [x13, #-16]!
	ret
f:
	ret
