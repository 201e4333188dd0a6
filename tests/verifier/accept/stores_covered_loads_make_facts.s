// accept
// why: a load that a fact covers is an access like any other: the fact it leaves covers the store behind the loop's step
// profile: stores
// entry: f
// label: loop x1:0
f:	bti	c
	add	x1, x15, w1, uxtw
loop:	ldr	x0, [x1], #8
	str	x0, [x1]
	cbnz	x0, loop
	ldr	x0, [x14, #8]
	str	x0, [x14, #-16]!
	ldr	x0, [x14], #16
	ret
