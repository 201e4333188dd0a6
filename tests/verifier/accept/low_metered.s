// accept
// why: fuel is no address, and checked as everywhere
// profile: low
// entry: start
// label: loop
// label: trap
// flags: 1
start:	bti	c
loop:	ldr	w0, [x15, w0, uxtw]
	ldr	w0, [x0]
	sub	x9, x9, #3
	tbnz	x9, #63, trap
	cbnz	w0, loop
trap:	.inst	0xf85f81ff
