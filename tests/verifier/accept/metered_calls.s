// accept
// why: calls by bl and by table are checked, gates and ways forward are not; x9 may be read
// entry: f
// import: time_now
// label: g
// label: on [x30]
// label: T
// flags: 1
f:
	bti	c
	str	x30, [x13], #8
	sub	x9, x9, #1
	tbnz	x9, #63, T
	bl	g
	bl	gate0
	mov	x0, x9
	cbz	x0, on
	sub	x9, x9, #1
	tbnz	x9, #63, T
	and	w10, w0, #0x18
	adrp	x30, table
	ldr	x30, [x30, w10, uxtw]
	blr	x30
on:
	ldr	x30, [x13, #-8]!
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
g:
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
