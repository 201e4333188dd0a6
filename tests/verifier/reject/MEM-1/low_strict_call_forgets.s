// reject: MEM-1 @ 0xc
// why: facts do not outlive calls under this policy
// profile: low
// label: f
// strict
	stp	x19, x30, [x13], #16
	mov	w19, w0
	bl	f
	ldr	x0, [x19]
f:	ret
