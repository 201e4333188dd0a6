// reject: MEM-2 @ 0x20
// why: a step up behind the accesses, so that the bound looks as if none had made it
// profile: low
// entry: f
// label: out
f:	bti	c
	mov	w1, w0
	mov	w2, wzr
	cbz	x0, out
	sub	x2, x2, #4088
	ldr	x3, [x2]
	sub	x2, x2, #4088
	add	x2, x2, #4088
	ldr	x0, [x1, x2, lsl #3]
out:	ret
