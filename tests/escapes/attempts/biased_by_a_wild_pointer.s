// reject: REG-7 @ 0x4
// why: the kernel is read by a base that is none
// entry: f
// flags: 2
f:
	bti	c
	mov	x9, x0
	ldr	x0, [x9, w1, uxtw]
	ret
