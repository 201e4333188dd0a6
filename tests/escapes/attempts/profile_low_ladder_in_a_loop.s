// reject: LBL-7 @ 0x10
// why: a loop makes the ladder as long as one likes; its label says that x2 leans on nothing
// profile: low
// entry: f
// label: loop x1,x2:0
f:	bti	c
	mov	w1, w0
	mov	w2, wzr
loop:	ldr	x3, [x2, #-8]!
	cbnz	x3, loop
	ldr	x0, [x1, x2, lsl #3]
	ret
