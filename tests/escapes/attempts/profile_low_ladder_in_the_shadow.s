// reject: MEM-2 @ 0x24
// why: each access moves x2 down behind a branch that is predicted wrongly, and the fault is not taken yet; eight times that is far below 0
// profile: low
// entry: f
// label: out
f:	bti	c
	mov	w1, w0
	mov	w2, wzr
	cbz	x0, out
	ldr	x3, [x2, #-248]!
	sub	x2, x2, #3072
	ldr	x3, [x2]
	sub	x2, x2, #3072
	ldr	x3, [x2]
	ldr	x0, [x1, x2, lsl #3]
out:	ret
