// accept
// why: in other images x9 is a register like any
// entry: f
// label: loop
f:
	bti	c
loop:
	add	x9, x9, #1
	cbnz	x0, loop
	ret
