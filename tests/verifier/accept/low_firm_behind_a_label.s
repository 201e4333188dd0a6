// accept
// why: what a label claims to be inside is established by what leans on nothing
// profile: low
// entry: start
// label: loop x1,x2:0
start:	bti	c
	mov	w1, w1
	mov	w2, w2
loop:	ldr	x0, [x1, x2, lsl #3]
	add	w2, w2, #1
	cbnz	x0, loop
	ret
