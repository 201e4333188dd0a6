// accept
// why: a way back and a return, each with its check; labels on its first word
// entry: f
// label: loop
// label: last
// label: T
// flags: 1
f:
	bti	c
loop:
	sub	x0, x0, #1
	sub	x9, x9, #3
	tbnz	x9, #63, T
	cbnz	x0, loop
last:
	sub	x9, x9, #4095
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
