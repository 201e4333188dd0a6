// reject: LBL-7 @ 0x8
// why: each turn leaves a register that leans on its access
// profile: low
// label: loop x1:0
	mov	w1, w0
loop:	ldr	x2, [x1, #-8]!
	cbnz	x2, loop
	ret
