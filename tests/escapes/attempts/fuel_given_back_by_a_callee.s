// reject: MTR-1 @ 0x20
// why: the callee keeps x9 as a compiler's temporary, and with it the loop that calls it goes on for ever
// flags: 1
// entry: f
// label: loop [x30]
// label: g
// label: T
f:
	bti	c
	str	x30, [x13], #8
loop:
	sub	x9, x9, #1
	tbnz	x9, #63, T
	bl	g
	sub	x9, x9, #1
	tbnz	x9, #63, T
	b	loop
g:
	mov	x9, #4096
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
