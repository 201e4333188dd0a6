// reject: MEM-1 @ 0xc
// why: a callee may write x1
// profile: low
// label: f
	mov	w1, w1
	str	x30, [x13], #8
	bl	f
	ldr	x0, [x1]
f:	ret
